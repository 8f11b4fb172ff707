//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (5x16 and 8x16)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 8, 16
//! fix: one layer that grows, and then an array of `Linear<16, 16>`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let input = Linear::<4, 8>::new(&mut rng);
    let hidden: [(Linear<8, 16>, ReLU); 3] = core::array::from_fn(|_| (Linear::new(&mut rng), ReLU));
    let net = (input, hidden, Linear::<16, 1>::new(&mut rng));
    let y = net.forward(&Tensor2::<5, 4>::ones());
}
