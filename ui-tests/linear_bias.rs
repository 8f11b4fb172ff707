//! topic: Training, evaluation and frozen layers
//! pytorch: RuntimeError: Error(s) in loading state_dict for Linear: size mismatch for bias: copying a param with shape torch.Size([11]) from checkpoint, the shape in current model is torch.Size([10]).
//! when: when a checkpoint is loaded
//! seen: pytorch/pytorch torch/nn/modules/module.py, https://github.com/pytorch/pytorch/issues/154597
//! numbers: 10, 11
//! fix: a layer with 10 features has a bias of 10
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let mut layer = Linear::<4, 10>::new(&mut rng);
    layer.bias = Some(Tensor1::<11>::zeros().requires_grad());
}
