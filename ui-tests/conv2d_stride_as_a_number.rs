//! topic: Convolution
//! pytorch: no error: stride and padding are numbers
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! fix: they are types: `Conv2d::<3, 8, 3, 3, Stride<2>, Padding<1>>`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 8, 3, 3, 2, 1>::new(&mut rng);
}
