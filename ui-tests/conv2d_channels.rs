//! RuntimeError: Given groups=1, weight of size [16, 20, 3, 3], expected input[1, 17, 64, 128] to have 20 channels, but got 17 channels instead
//! numbers: 20, 17
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<20, 16, 3>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 17, 64, 128>::rand(&mut rng));
}
