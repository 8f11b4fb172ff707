//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (832x26 and 5408x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp, https://github.com/facebookresearch/CrypTen/issues/487
//! numbers: 5408, 26
//! fix: put `Flatten` before the linear layer
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Conv2d::<1, 8, 3>::new(&mut rng), ReLU, Linear::<5408, 10>::new(&mut rng));
    let y = net.forward(&Tensor4::<4, 1, 28, 28>::rand(&mut rng));
}
