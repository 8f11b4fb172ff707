//! topic: Convolution
//! pytorch: RuntimeError: The size of tensor a (112) must match the size of tensor b (111) at non-singleton dimension 3
//! when: in the forward pass, layers later
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 111, 112
//! fix: (224 + 2·3 − 7) / 2 + 1 is 112, rounded down
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 64, 7, 7, Stride<2>, Padding<3>>::new(&mut rng);
    let y: Tensor4<1, 64, 111, 111, f32, Tracked> = conv.forward(&Tensor4::<1, 3, 224, 224>::rand(&mut rng));
}
