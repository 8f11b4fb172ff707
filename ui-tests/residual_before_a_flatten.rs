//! topic: Linear layers and sequences
//! pytorch: RuntimeError: The size of tensor a (28) must match the size of tensor b (30) at non-singleton dimension 3
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 28, 30
//! fix: pad the convolution: `Conv2d<8, 8, 3, 3, Stride<1>, Padding<1>>`
use tintype::prelude::*;

type Net = (Conv2d<3, 8, 3>, Residual<(Conv2d<8, 8, 3>, ReLU)>, Flatten, Linear<7200, 10>);

fn classify(net: &Net, images: &Tensor4<4, 3, 32, 32>) -> Tensor2<4, 10, f32, Tracked> {
    net.forward(images)
}

fn main() {}
