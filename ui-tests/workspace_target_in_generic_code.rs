//! topic: Losses and labels
//! pytorch: RuntimeError: The size of tensor a (2) must match the size of tensor b (4) at non-singleton dimension 1
//! when: where the loss is computed
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! fix: the target is of the network's output: `&[[f32; A]; B]`
use tintype::prelude::*;

struct Agent<const O: usize, const A: usize> {
    actor: (Linear<O, 64>, Tanh, Linear<64, A>),
}

impl<const O: usize, const A: usize> Agent<O, A> {
    fn train<const B: usize>(&mut self, seen: &[[f32; O]; B], wanted: &[[f32; O]; B]) {
        let mut workspace = Workspace::<_, Rank2<B, O>>::new();
        workspace.mse_loss(&self.actor, seen, wanted);
    }
}

fn main() {}
