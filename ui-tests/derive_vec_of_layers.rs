//! topic: Functions and modules of one's own
//! pytorch: no error: but the layers of a list have no parameters there, and an optimiser does not see them
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/container.py
//! numbers: 8
//! fix: an array, which is a layer: `[Linear<8, 8>; 3]`
use tintype::prelude::*;

#[derive(Module)]
struct Net {
    hidden: Vec<Linear<8, 8>>,
}

fn main() {}
