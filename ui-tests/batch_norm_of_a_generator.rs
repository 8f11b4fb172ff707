//! topic: Names that are PyTorch's
//! pytorch: no error: random numbers are everywhere the same global ones
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/notes/randomness.rst
//! fix: there is nothing random in it: `BatchNorm2d::<8>::new()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let norm = BatchNorm2d::<8>::new(&mut rng);
}
