//! topic: Convolution
//! pytorch: ValueError: padding='same' is not supported for strided convolutions
//! when: when the layer is made
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! numbers: 2, 1
//! fix: write the padding in numbers: `Padding<1>`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Conv2d::<1, 8, 5>::new(&mut rng), ReLU, Conv2d::<8, 16, 3, 3, Stride<2>, Same>::new(&mut rng));
    let y = net.forward(&Tensor4::<4, 1, 28, 28>::rand(&mut rng));
}
