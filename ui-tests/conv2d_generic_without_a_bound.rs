//! topic: What only tintype says
//! pytorch: no error: PyTorch learns the height when the program runs
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! numbers: 3, 1
//! fix: say what is computed from the size: `H: ConvDim<3>`
use tintype::prelude::*;

fn block<H: Dimension, W: ConvDim<3>>(x: &Tensor<(Dim<8>, H, W)>, conv: &Conv2d<8, 16, 3>) {
    let y = conv.forward(x);
}

fn main() {}
