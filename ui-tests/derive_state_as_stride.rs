//! topic: Training, evaluation and frozen layers
//! pytorch: TypeError: Conv2d.__init__() got an unexpected keyword argument 'requires_grad'
//! when: when the layer is made
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! fix: the state comes last: `In<Conv2d<1, 8, 3, 3>, T>`
use tintype::prelude::*;

#[derive(Module)]
struct Net<T: Track = Tracked> {
    conv: Conv2d<1, 8, 3, 3, T>,
}

fn main() {}
