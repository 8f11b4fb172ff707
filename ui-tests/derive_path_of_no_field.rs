//! topic: Functions and modules of one's own
//! pytorch: no error: Python takes any attribute
//! when: never: the program runs on
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
