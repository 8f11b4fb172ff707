//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x32 and 64x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 64, 32
//! fix: make the second layer take 32 features
use tintype::prelude::*;

#[derive(Module)]
#[module(sequence)]
struct Net {
    hidden: Linear<4, 32>,
    output: Linear<64, 10>,
}

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = Net { hidden: Linear::new(&mut rng), output: Linear::new(&mut rng) };
    let y = net.forward(&Tensor2::<8, 4>::ones());
}
