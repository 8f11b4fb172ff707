//! topic: Convolution
//! pytorch: RuntimeError: Calculated padded input size per channel: (2). Kernel size: (3). Kernel size can't be greater than actual input size
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp, https://github.com/ZiqiaoPeng/SyncTalk/issues/151
//! numbers: 3, 2
//! fix: pad: `Padding<1>`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv1d::<1, 4, 3>::new(&mut rng);
    let y = conv.forward(&Tensor3::<1, 1, 2>::rand(&mut rng));
}
