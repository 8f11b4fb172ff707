//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x32 and 16x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 16, 32
//! fix: make the head take 32 features
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let body = (Linear::<4, 32>::new(&mut rng), ReLU);
    let head = (Linear::<16, 10>::new(&mut rng), Tanh);
    let y = (body, head).forward(&Tensor2::<8, 4>::ones());
}
