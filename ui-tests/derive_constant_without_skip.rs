//! topic: Training, evaluation and frozen layers
//! pytorch: no error: a tensor that is no `nn.Parameter` is an attribute like any other
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! numbers: 4
//! fix: a constant stays as it is: `#[module(skip)]`; a weight is `In<Tensor1<4>, T>`
use tintype::prelude::*;

#[derive(Module)]
struct Affine<T: Track = Tracked> {
    scale: Tensor1<4>,
    shift: In<Tensor1<4>, T>,
}

fn main() {
    let affine: Affine = Affine { scale: Tensor1::ones(), shift: Tensor1::zeros().requires_grad() };
    println!("{}", affine.freeze().parameter_count());
}
