//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (16x3 and 4x32)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp
//! numbers: 3, 4
//! fix: give four numbers for each sample
use tintype::prelude::*;

type Net = (Linear<4, 32>, Tanh, Linear<32, 2>);

fn train(net: &Net, data: &[([[f32; 3]; 16], [[f32; 2]; 16])]) {
    let mut workspace = Workspace::<Net, Rank2<16, 4>>::new();
    for (x, t) in data {
        println!("{}", workspace.mse_loss(net, x, t));
    }
}

fn main() {}
