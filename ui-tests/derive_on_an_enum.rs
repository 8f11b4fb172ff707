//! topic: Functions and modules of one's own
//! pytorch: no error: a PyTorch module is any class
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: make it a struct
use tintype::prelude::*;

#[derive(Module)]
enum Net {
    Small(Linear<4, 2>),
    Large(Linear<4, 8>),
}

fn main() {}
