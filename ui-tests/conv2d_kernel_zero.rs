//! RuntimeError: weight should have at least three dimensions and only non-zero spatial dimensions
//! numbers: 0
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 8, 0>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 3, 32, 32>::rand(&mut rng));
}
