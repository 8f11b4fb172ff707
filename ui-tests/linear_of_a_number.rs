//! topic: Linear layers and sequences
//! pytorch: RuntimeError: both arguments to linear need to be at least 1D, but they are 0D and 2D
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Linear.cpp
//! numbers: 4, 2
//! fix: give it a vector: `x.unsqueeze::<0>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let layer = Linear::<4, 2>::new(&mut rng);
    let y = layer.forward(&tensor(2.0));
}
