//! RuntimeError: Padding value causes wrapping around more than once.
//! numbers: 5, 4
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = Tensor2::<3, 4>::rand(&mut rng).pad_circular::<1, 0, 5>();
}
