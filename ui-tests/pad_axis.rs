//! topic: Pooling and padding
//! pytorch: RuntimeError: Padding length should be less than or equal to two times the input dimension but got padding length 6 and input of dimension 2
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/PadNd.cpp
//! numbers: 2, 3, 4
//! fix: a matrix has the axes 0 and 1
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = Tensor2::<3, 4>::rand(&mut rng).pad::<2, 1, 1>(0.0);
}
