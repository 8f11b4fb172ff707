//! topic: Training, evaluation and frozen layers
//! pytorch: TypeError: Linear.__init__() got an unexpected keyword argument 'requires_grad'
//! when: when the layer is made
//! seen: pytorch/pytorch torch/nn/modules/linear.py
//! fix: the state comes last: `In<Linear<8, 2>, T>`
use tintype::prelude::*;

#[derive(Module)]
struct Net<T: Track = Tracked> {
    hidden: In<Linear<4, 8>, T>,
    output: Linear<8, 2, T>,
}

fn main() {}
