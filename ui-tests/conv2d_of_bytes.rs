//! topic: Element types
//! pytorch: RuntimeError: Input type (unsigned char) and bias type (float) should be the same
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Convolution.cpp
//! numbers: 3
//! fix: convert the pixels: `x.to::<f32>() / 255.0`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 8, 3>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 3, 32, 32, u8>::zeros());
}
