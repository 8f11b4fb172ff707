//! topic: Pooling and padding
//! pytorch: RuntimeError: Given input size: (8x1x3). Calculated output size: (8x1x0). Output size is too small
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Pool.h
//! numbers: 4, 3
//! fix: take a smaller window, or pool later
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = AvgPool1d::<4>::new().forward(&Tensor3::<1, 8, 3>::rand(&mut rng));
}
