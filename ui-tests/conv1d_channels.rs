//! RuntimeError: Given groups=1, weight of size [16, 2, 3], expected input[8, 1, 64] to have 2 channels, but got 1 channels instead
//! numbers: 2, 1
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv1d::<2, 16, 3>::new(&mut rng);
    let y = conv.forward(&Tensor3::<8, 1, 64>::rand(&mut rng));
}
