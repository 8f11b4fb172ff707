//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x256 and 320x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp, https://github.com/pytorch/pytorch/issues/139037
//! numbers: 320, 256
//! fix: make the linear layer take 16 · 4 · 4 = 256 features
use tintype::prelude::*;

fn main() {
    let net = (Flatten, Linear::<320, 10>::new(&mut StdRng::seed_from_u64(0)));
    let y = net.forward(&Tensor4::<8, 16, 4, 4>::ones());
}
