//! topic: Pooling and padding
//! pytorch: RuntimeError: Expected 2 to 3 dimensions, but got 4-dimensional tensor for argument #1 'self' (while checking arguments for avg_pool1d)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/TensorUtils.cpp
//! numbers: 8, 24
//! fix: use `AvgPool2d` for images
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = AvgPool1d::<2>::new().forward(&Tensor4::<1, 8, 24, 24>::rand(&mut rng));
}
