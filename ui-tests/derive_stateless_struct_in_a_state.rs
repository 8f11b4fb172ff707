//! topic: Functions and modules of one's own
//! pytorch: no error: whether it trains is a flag of every module
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: give the struct the state too, `struct Body<T: Track = Tracked>`, and write `Body<T>`
use tintype::prelude::*;

#[derive(Module)]
struct Body {
    first: Linear<4, 8>,
}

#[derive(Module)]
struct Net<T: Track = Tracked> {
    body: In<Body, T>,
    head: Linear<8, 2, f32, T>,
}

fn main() {}
