//! No error: PyTorch learns the height when the program runs
//! numbers: 3, 1
use tintype::prelude::*;

fn block<H: Dimension, W: ConvDim<3>>(x: &Tensor<(Dim<8>, H, W)>, conv: &Conv2d<8, 16, 3>) {
    let y = conv.forward(x);
}

fn main() {}
