//! topic: Convolution
//! pytorch: RuntimeError: expected stride to be a single integer value or a list of 1 values to match the convolution dimensions, but got stride=[2, 1]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/utils/ParamUtils.h
//! numbers: 2, 1
//! fix: write `Stride<2>`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv1d::<2, 3, 3, Stride<2, 1>>::new(&mut rng);
    let y = conv.forward(&Tensor3::<1, 2, 8>::rand(&mut rng));
}
