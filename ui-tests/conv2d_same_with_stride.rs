//! topic: Convolution
//! pytorch: ValueError: padding='same' is not supported for strided convolutions
//! when: when the layer is made
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! numbers: 2, 1
//! fix: write the padding in numbers: `Padding<1>`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 8, 3, 3, Stride<2>, Same>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 3, 32, 32>::rand(&mut rng));
}
