//! topic: Functions and modules of one's own
//! pytorch: no error: a module without `nn.Module` learns where its parameters are listed by hand
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/optim/optimizer.py
//! fix: put `#[derive(Module)]` on the struct
use tintype::prelude::*;

struct Net {
    hidden: Linear<4, 8>,
}

fn main() {
    let mut net = Net {
        hidden: Linear::new(&mut StdRng::seed_from_u64(0)),
    };
    let gradients = net.hidden.forward(&Tensor2::<3, 4>::ones()).sum().backward();
    Sgd::new(0.1).step(&mut net, &gradients);
}
