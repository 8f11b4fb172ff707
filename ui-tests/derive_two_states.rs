//! topic: Functions and modules of one's own
//! pytorch: no error: a part of a module is frozen by itself
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: one state, and what is frozen by itself is a parameter, `struct Net<Features, T: Track = Tracked>`
use tintype::prelude::*;

#[derive(Module)]
struct Net<T: Track = Tracked, U: Track = Tracked> {
    features: Linear<4, 8, f32, T>,
    head: Linear<8, 2, f32, U>,
}

fn main() {}
