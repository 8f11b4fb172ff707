//! topic: Functions and modules of one's own
//! pytorch: no error: a string is an attribute like any other, and no part of the `state_dict`
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: put `#[module(skip)]` on the field
use tintype::prelude::*;

#[derive(Module)]
struct Net {
    layer: Linear<4, 2>,
    name: String,
}

fn main() {}
