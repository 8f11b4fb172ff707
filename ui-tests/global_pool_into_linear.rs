//! topic: Linear layers and sequences
//! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (2048x1 and 512x10)
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp, https://github.com/wqshmzh/CANet-CZSL/issues/7
//! numbers: 512, 1
//! fix: put `Flatten` between the two
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (GlobalAvgPool2d, Linear::<512, 10>::new(&mut rng));
    let y = net.forward(&Tensor4::<4, 512, 7, 7>::rand(&mut rng));
}
