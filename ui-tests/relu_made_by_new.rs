//! topic: Linear layers and sequences
//! pytorch: no error: `nn.ReLU()` is how it is written
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/activation.py
//! fix: write `ReLU`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Linear::<4, 8>::new(&mut rng), ReLU::new());
    let y = net.forward(&Tensor2::<1, 4>::ones());
}
