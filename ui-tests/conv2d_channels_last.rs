//! topic: Convolution
//! pytorch: RuntimeError: Given groups=1, weight of size [8, 3, 3, 3], expected input[4, 32, 32, 3] to have 3 channels, but got 32 channels instead
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp, https://github.com/LeeJunHyun/Image_Segmentation/issues/29
//! numbers: 3, 32
//! fix: put the channels first: `x.permute::<Axes4<0, 3, 1, 2>>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 8, 3>::new(&mut rng);
    let y = conv.forward(&Tensor4::<4, 32, 32, 3>::rand(&mut rng));
}
