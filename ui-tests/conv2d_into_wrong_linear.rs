//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (4x1152 and 1024x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp, https://github.com/facebookresearch/CrypTen/issues/487
//! numbers: 1152, 1024
//! fix: make the linear layer take 8 · 12 · 12 = 1152 features
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Conv2d::<1, 8, 5>::new(&mut rng), MaxPool2d::<2>::new(), Flatten, Linear::<1024, 10>::new(&mut rng));
    let y = net.forward(&Tensor4::<4, 1, 28, 28>::rand(&mut rng));
}
