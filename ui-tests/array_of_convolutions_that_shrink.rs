//! topic: Convolution
//! pytorch: no error: each convolution takes 2 from the height and the width
//! when: where the output is used, layers later
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! numbers: 28, 30
//! fix: pad them: `Conv2d<8, 8, 3, 3, Stride<1>, Padding<1>>`
use tintype::prelude::*;

type Net = (Conv2d<3, 8, 3>, [Conv2d<8, 8, 3>; 4]);

fn features(net: &Net, images: &Tensor4<4, 3, 32, 32>) -> f32 {
    net.forward(images).mean().item()
}

fn main() {}
