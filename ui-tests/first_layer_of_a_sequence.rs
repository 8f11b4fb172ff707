//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x3 and 4x32)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 4, 3
//! fix: make the first layer take 3 features
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Linear::<4, 32>::new(&mut rng), ReLU, Linear::<32, 10>::new(&mut rng));
    let y = net.forward(&Tensor2::<8, 3>::ones());
}
