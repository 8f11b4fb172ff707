//! topic: Pooling and padding
//! pytorch: RuntimeError: stride should not be zero
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Pool.h
//! numbers: 0
//! fix: a pooling window has at least 1 element
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = MaxPool2d::<0>::new().forward(&Tensor4::<1, 8, 24, 24>::rand(&mut rng));
}
