//! topic: Pooling and padding
//! pytorch: RuntimeError: Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (6, 6) at dimension 3 of input [1, 2, 9, 6]
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/ReflectionPad.cpp
//! numbers: 6
//! fix: reflect by less than the width: at most 5
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<2, 3, 3, 3, Stride<1>, Reflect<6>>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 2, 9, 6>::rand(&mut rng));
}
