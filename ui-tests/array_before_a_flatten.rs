//! topic: Convolution
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (4x3872 and 7200x10)
//! when: in the forward pass, layers later
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 28, 30
//! fix: pad the convolutions: `Conv2d<8, 8, 3, 3, Stride<1>, Padding<1>>`
use tintype::prelude::*;

type Net = (Conv2d<3, 8, 3>, [Conv2d<8, 8, 3>; 4], Flatten, Linear<7200, 10>);

fn classify(net: &Net, images: &Tensor4<4, 3, 32, 32>) -> Tensor1<4, usize> {
    net.forward(images).argmax_axis::<1>()
}

fn main() {}
