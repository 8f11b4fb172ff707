//! topic: Convolution
//! pytorch: RuntimeError: shape '[1, 15, 62, 124]' is invalid for input of size 123008
//! when: in the forward pass, layers later
//! seen: pytorch/pytorch aten/src/ATen/InferSize.h
//! numbers: 15, 16
//! fix: the layer gives 16 channels
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<20, 16, 3, 5>::new(&mut rng);
    let y: Tensor4<1, 15, 62, 124, f32, Tracked> = conv.forward(&Tensor4::<1, 20, 64, 128>::rand(&mut rng));
}
