//! RuntimeError: Given input size: (8x1x3). Calculated output size: (8x1x0). Output size is too small
//! numbers: 4, 3
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = AvgPool1d::<4>::new().forward(&Tensor3::<1, 8, 3>::rand(&mut rng));
}
