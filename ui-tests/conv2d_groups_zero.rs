//! topic: Convolution
//! pytorch: ValueError: groups must be a positive integer
//! when: when the layer is made
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! numbers: 0, 6
//! fix: at least 1 group, or none: leave `Groups` out
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<6, 8, 3, 3, Stride<1>, Padding<0>, Dilation<1>, Groups<0>>::new(&mut rng);
}
