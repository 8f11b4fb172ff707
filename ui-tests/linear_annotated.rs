//! topic: Linear layers and sequences
//! pytorch: RuntimeError: shape '[8, 11]' is invalid for input of size 80
//! when: in the forward pass, layers later
//! seen: pytorch/pytorch aten/src/ATen/InferSize.h
//! numbers: 11, 10
//! fix: the layer gives 10 features
use tintype::prelude::*;

fn main() {
    let layer = Linear::<4, 10>::new(&mut StdRng::seed_from_u64(0));
    let y: Tensor2<8, 11, f32, Tracked> = layer.forward(&Tensor2::<8, 4>::ones());
}
