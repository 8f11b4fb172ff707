//! topic: Training, evaluation and frozen layers
//! pytorch: AttributeError: 'function' object has no attribute 'eval'
//! when: where the network is evaluated
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: say that the network has a state: `N: Stateful<In<Untracked>: Module<Tensor1<4>, Output = Tensor1<2>>>`
use tintype::prelude::*;

fn evaluate<N: Module<Tensor1<4>, Output = Tensor1<2, f32, Tracked>>>(net: N) -> Tensor1<2> {
    net.freeze().forward(&Tensor1::<4>::ones())
}

fn main() {}
