//! topic: Functions and modules of one's own
//! pytorch: TypeError: cannot assign 'str' as child module 'name' (torch.nn.Module or None expected)
//! when: when the model is made
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: put `#[module(skip)]` on the field
use tintype::prelude::*;

#[derive(Module)]
struct Net {
    layer: Linear<4, 2>,
    name: String,
}

fn main() {}
