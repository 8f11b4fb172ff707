//! topic: Training, evaluation and frozen layers
//! pytorch: no error: a module of any dtype is frozen by `requires_grad_(False)`
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! numbers: 4, 8
//! fix: give the struct a state too: `Net<E: Float = f32, T: Track = Tracked>` and `Linear<4, 8, E, T>`
use tintype::prelude::*;

#[derive(Module)]
struct Net<E: Float = f32> {
    layer: Linear<4, 8, E>,
}

fn main() {}
