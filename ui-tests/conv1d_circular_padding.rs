//! RuntimeError: Padding value causes wrapping around more than once.
//! numbers: 9, 8
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv1d::<2, 3, 3, Stride<1>, Circular<9>>::new(&mut rng);
    let y = conv.forward(&Tensor3::<1, 2, 8>::rand(&mut rng));
}
