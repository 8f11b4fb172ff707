//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x32 and 64x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp, https://github.com/pytorch/pytorch/issues/139037
//! numbers: 64, 32
//! fix: make the second layer take 32 features
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Linear::<4, 32>::new(&mut rng), ReLU, Linear::<64, 10>::new(&mut rng));
    let y = net.forward(&Tensor2::<8, 4>::ones());
}
