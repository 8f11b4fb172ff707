//! topic: Pooling and padding
//! pytorch: RuntimeError: shape '[1, 8, 13, 12]' is invalid for input of size 1152
//! when: in the forward pass, layers later
//! seen: pytorch/pytorch aten/src/ATen/InferSize.h
//! numbers: 13, 12
//! fix: a window of 2 leaves (24 − 2) / 2 + 1 = 12
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y: Tensor4<1, 8, 13, 12> = MaxPool2d::<2>::new().forward(&Tensor4::<1, 8, 24, 24>::rand(&mut rng));
}
