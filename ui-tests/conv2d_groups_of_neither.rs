//! topic: Convolution
//! pytorch: ValueError: in_channels must be divisible by groups
//! when: when the layer is made
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! numbers: 4, 6
//! fix: take a number of groups that divides 6 and 10, such as 2
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<6, 10, 3, 3, Stride<1>, Padding<0>, Dilation<1>, Groups<4>>::new(&mut rng);
}
