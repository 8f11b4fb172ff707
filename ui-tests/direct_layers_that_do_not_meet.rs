//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x32 and 64x2)
//! when: in the forward pass, at the first sample
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 32, 64
//! fix: make the second layer take 32 features
use tintype::prelude::*;

fn main() {
    let rng = &mut StdRng::seed_from_u64(0);
    let net = (Linear::<4, 32>::new(rng), ReLU, Linear::<64, 2>::new(rng));
    let y: [f32; 2] = net.infer(&[0.1, 0.2, 0.3, 0.4]);
}
