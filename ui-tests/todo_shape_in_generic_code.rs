//! topic: What only tintype says
//! pytorch: no error: `print(y.shape)` shows it
//! when: never: only when the program runs is there a shape
//! seen: https://pytorch.org/docs/stable/generated/torch.Tensor.shape.html
//! fix: none is needed: take `todo_shape()` out again

use tintype::prelude::*;

fn block<B: Dimension, H: ConvDim<3>, W: ConvDim<3>>(conv: &Conv2d<8, 16, 3>, x: &Tensor<(B, Dim<8>, H, W)>) {
    conv.forward(x).todo_shape();
}

fn main() {}
