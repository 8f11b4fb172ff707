//! topic: Pooling and padding
//! pytorch: RuntimeError: non-empty 3D or 4D (batch mode) tensor expected for input
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/DilatedMaxPool2d.cpp, https://github.com/pytorch/pytorch/pull/174186
//! numbers: 24
//! fix: add the axis of channels: `x.unsqueeze::<0>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = MaxPool2d::<2>::new().forward(&Tensor2::<24, 24>::rand(&mut rng));
}
