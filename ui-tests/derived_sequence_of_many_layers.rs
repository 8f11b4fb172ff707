//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x16 and 32x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 16, 32
//! fix: make the last layer take 16 features
use tintype::prelude::*;

type Hidden = Linear<16, 16>;

#[derive(Module)]
#[module(sequence)]
struct Net(Linear<4, 16>, ReLU, Hidden, ReLU, Hidden, ReLU, Hidden, ReLU, Hidden, ReLU, Hidden, ReLU, Linear<32, 10>);

fn evaluate(net: &Net) {
    let y = net.forward(&Tensor2::<8, 4>::ones());
}

fn main() {}
