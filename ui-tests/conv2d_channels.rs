//! topic: Convolution
//! pytorch: RuntimeError: Given groups=1, weight of size [16, 20, 3, 3], expected input[1, 17, 64, 128] to have 20 channels, but got 17 channels instead
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp, https://github.com/avBuffer/UNet3plus_pth/issues/19
//! numbers: 20, 17
//! fix: make the layer for 17 channels, or feed it 20
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<20, 16, 3>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 17, 64, 128>::rand(&mut rng));
}
