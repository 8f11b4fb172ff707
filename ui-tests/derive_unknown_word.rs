//! topic: Functions and modules of one's own
//! pytorch: no error: Python takes any attribute
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: write `#[module(skip)]`
use tintype::prelude::*;

#[derive(Module)]
struct Net {
    layer: Linear<4, 2>,
    #[module(ignore)]
    name: String,
}

fn main() {

}
