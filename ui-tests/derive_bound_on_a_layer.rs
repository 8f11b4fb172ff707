//! topic: Functions and modules of one's own
//! pytorch: no error: a module holds any modules
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: no bound on the struct: `struct Twice<L> { … }`, and `impl<L: Clone> Twice<L>` where it is needed
use tintype::prelude::*;

#[derive(Module)]
struct Twice<L>
where
    L: Clone,
{
    layers: [L; 2],
}

fn main() {}
