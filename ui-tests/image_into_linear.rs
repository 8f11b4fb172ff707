//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (112x28 and 784x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp, https://github.com/facebookresearch/CrypTen/issues/487
//! numbers: 784, 28
//! fix: flatten first: `x.flatten_from::<1>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let layer = Linear::<784, 10>::new(&mut rng);
    let y = layer.forward(&Tensor4::<4, 1, 28, 28>::rand(&mut rng));
}
