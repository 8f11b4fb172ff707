//! topic: Two tensors, entry by entry
//! pytorch: RuntimeError: The size of tensor a (30) must match the size of tensor b (32) at non-singleton dimension 3
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp, https://github.com/Res2Net/Res2Net-PretrainedModels/issues/10
//! numbers: 30, 32
//! fix: keep the size: `Padding<1>` for a kernel of 3
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<16, 16, 3>::new(&mut rng);
    let x = Tensor4::<1, 16, 32, 32>::rand(&mut rng);
    let y = conv.forward(&x) + &x;
}
