//! topic: Training, evaluation and frozen layers
//! pytorch: TypeError: 'SGD' object is not iterable
//! when: in the first step, after the backward pass
//! seen: pytorch/pytorch torch/nn/utils/clip_grad.py
//! fix: the norm is that of a model's parameters: `gradients.clip_norm(&net, 1.0)`
use tintype::prelude::*;

fn main() {
    let net = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let optimizer = Sgd::new(0.1);
    let mut gradients = net.forward(&Tensor2::<8, 4>::ones()).sum().backward();
    gradients.clip_norm(&optimizer, 1.0);
}
