//! ValueError: in_channels must be divisible by groups
//! numbers: 4, 6
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<6, 8, 3, 3, Stride<1>, Padding<0>, Dilation<1>, Groups<4>>::new(&mut rng);
}
