//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x784 and 10x784)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 10, 784
//! fix: the features that go in come first: `Linear::<784, 10>`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let layer = Linear::<10, 784>::new(&mut rng);
    let y = layer.forward(&Tensor2::<8, 784>::rand(&mut rng));
}
