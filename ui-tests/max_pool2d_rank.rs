//! topic: Pooling and padding
//! pytorch: RuntimeError: max_pool2d(): Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Pool.h
//! numbers: 24
//! fix: add the axis of channels: `x.unsqueeze::<0>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = MaxPool2d::<2>::new().forward(&Tensor2::<24, 24>::rand(&mut rng));
}
