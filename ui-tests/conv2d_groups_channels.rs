//! topic: Convolution
//! pytorch: RuntimeError: Given groups=2, weight of size [8, 3, 3, 3], expected input[1, 5, 9, 9] to have 6 channels, but got 5 channels instead
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp
//! numbers: 6, 5
//! fix: feed it 6 channels
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<6, 8, 3, 3, Stride<1>, Padding<0>, Dilation<1>, Groups<2>>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 5, 9, 9>::rand(&mut rng));
}
