//! topic: Two tensors, entry by entry
//! pytorch: RuntimeError: The size of tensor a (32) must match the size of tensor b (16) at non-singleton dimension 1
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp, https://github.com/GengDavid/pytorch-cpn/issues/45
//! numbers: 32, 16
//! fix: bring the shortcut to 32 channels by a convolution with a kernel of 1
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<16, 32, 3, 3, Stride<1>, Padding<1>>::new(&mut rng);
    let x = Tensor4::<1, 16, 28, 28>::rand(&mut rng);
    let y = conv.forward(&x) + &x;
}
