//! RuntimeError: Input type (double) and bias type (float) should be the same
//! numbers: 3
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 8, 3>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 3, 32, 32, f64>::rand(&mut rng));
}
