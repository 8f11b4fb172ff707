//! topic: Losses and labels
//! pytorch: ValueError: Expected input batch_size (4) to match target batch_size (8).
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp
//! numbers: 8, 4
//! fix: a workspace is for batches of one size: take `Workspace::<Net, Rank2<4, 4>>` for batches of four
use tintype::prelude::*;

type Net = (Linear<4, 8>, ReLU, Linear<8, 3>);

fn loss(net: &Net, x: &[[f32; 4]; 4], labels: &Labels<8, 3>) -> f32 {
    Workspace::<Net, Rank2<8, 4>>::new().cross_entropy(net, x, labels)
}

fn main() {}
