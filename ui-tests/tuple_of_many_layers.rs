//! topic: What only tintype says
//! pytorch: no error: `nn.Sequential` takes any number of layers
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/container.py
//! numbers: 13, 12
//! fix: a tuple for each part of the network, or a struct with `#[module(sequence)]`
use tintype::prelude::*;

type L = Linear<16, 16>;
type Net = (L, ReLU, L, ReLU, L, ReLU, L, ReLU, L, ReLU, L, ReLU, L);

fn evaluate(net: &Net) {
    let y = net.forward(&Tensor2::<8, 16>::ones());
}

fn main() {}
