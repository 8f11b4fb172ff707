//! topic: Training, evaluation and frozen layers
//! pytorch: AttributeError: 'SCVI' object has no attribute 'eval'
//! when: where the network is evaluated
//! seen: https://github.com/scverse/scvi-tools/issues/2740
//! fix: say that the network has a state: `N: Stateful<In<Untracked>: Module<Tensor1<4>, Output = Tensor1<2>>>`
use tintype::prelude::*;

fn evaluate<N: Module<Tensor1<4>, Output = Tensor1<2, f32, Tracked>>>(net: N) -> Tensor1<2> {
    net.freeze().forward(&Tensor1::<4>::ones())
}

fn main() {}
