//! topic: Pooling and padding
//! pytorch: RuntimeError: Padding value causes wrapping around more than once.
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/PadNd.cpp
//! numbers: 5, 4
//! fix: pad by at most 4
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = Tensor2::<3, 4>::rand(&mut rng).pad_circular::<1, 0, 5>();
}
