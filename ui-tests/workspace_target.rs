//! topic: Losses and labels
//! pytorch: no error but a warning: Using a target size (torch.Size([16, 1])) that is different to the input size (torch.Size([16, 2])). This will likely lead to incorrect results due to broadcasting.
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/functional.py
//! numbers: 2, 1
//! fix: give two numbers for each sample, or make the last layer give one
use tintype::prelude::*;

type Net = (Linear<4, 32>, Tanh, Linear<32, 2>);

fn train(net: &Net, data: &[([[f32; 4]; 16], [[f32; 1]; 16])]) {
    let mut workspace = Workspace::<Net, Rank2<16, 4>>::new();
    for (x, t) in data {
        println!("{}", workspace.mse_loss(net, x, t));
    }
}

fn main() {}
