//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x100 and 128x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 128, 100
//! fix: make the layer take 100 features
use tintype::prelude::*;

fn main() {
    let layer = Linear::<128, 10>::new(&mut StdRng::seed_from_u64(0));
    let y = layer.forward(&Tensor2::<8, 100>::ones());
}
