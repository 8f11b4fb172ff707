//! topic: Convolution
//! pytorch: RuntimeError: The size of tensor a (62) must match the size of tensor b (61) at non-singleton dimension 2
//! when: in the forward pass, layers later
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 61, 62
//! fix: a convolution without padding leaves 64 − 3 + 1 = 62
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<20, 16, 3, 5>::new(&mut rng);
    let y: Tensor4<1, 16, 61, 124, f32, Tracked> = conv.forward(&Tensor4::<1, 20, 64, 128>::rand(&mut rng));
}
