//! RuntimeError: non-empty 3D or 4D (batch mode) tensor expected for input
//! numbers: 24
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = MaxPool2d::<2>::new().forward(&Tensor2::<24, 24>::rand(&mut rng));
}
