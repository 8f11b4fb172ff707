//! topic: Gradients and the graph
//! pytorch: no error: whether a tensor has a graph is no part of its type
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/csrc/autograd/variable.h
//! numbers: 4, 8
//! fix: put a layer before the array, or take `x.requires_grad()`
use tintype::prelude::*;

fn evaluate(hidden: &[Linear<8, 8>; 3]) -> f32 {
    hidden.forward(&Tensor2::<4, 8>::ones()).mean().item()
}

fn main() {}
