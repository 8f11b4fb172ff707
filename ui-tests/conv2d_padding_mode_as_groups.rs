//! topic: Convolution
//! pytorch: TypeError: '<=' not supported between instances of 'str' and 'int'
//! when: when the layer is made
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! numbers: 3, 16
//! fix: a padding mode is a padding here, in its place: `Conv2d::<3, 16, 3, 3, Stride<1>, Circular<1>>`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 16, 3, 3, Stride<1>, Padding<0>, Dilation<1>, Circular<1>>::new(&mut rng);
}
