//! topic: Functions and modules of one's own
//! pytorch: AttributeError: 'Net' object has no attribute 'ouput'
//! when: in the forward pass, which is where PyTorch's path is written
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: name the fields as they are called

use tintype::prelude::*;

#[derive(Module)]
#[module(path(hidden, ouput))]
struct Net {
    hidden: Linear<4, 8>,
    output: Linear<8, 2>,
}

fn main() {}
