//! RuntimeError: Expected 2D (unbatched) or 3D (batched) input to conv1d, but got input of size: [8, 1, 28, 28]
//! numbers: 28
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv1d::<1, 8, 3>::new(&mut rng);
    let y = conv.forward(&Tensor4::<8, 1, 28, 28>::rand(&mut rng));
}
