//! topic: Training, evaluation and frozen layers
//! pytorch: RuntimeError: Error(s) in loading state_dict for Conv2d: size mismatch for weight: copying a param with shape torch.Size([8, 3, 5, 5]) from checkpoint, the shape in current model is torch.Size([8, 3, 3, 3]).
//! when: when a checkpoint is loaded
//! seen: pytorch/pytorch torch/nn/modules/module.py, https://github.com/pytorch/pytorch/issues/154597
//! numbers: 3, 5
//! fix: copy between layers of one kernel size
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let mut conv = Conv2d::<3, 8, 3>::new(&mut rng);
    conv.weight = Conv2d::<3, 8, 5>::new(&mut rng).weight;
}
