//! topic: Linear layers and sequences
//! pytorch: RuntimeError: The size of tensor a (16) must match the size of tensor b (8) at non-singleton dimension 1
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp, https://github.com/GengDavid/pytorch-cpn/issues/45
//! numbers: 8, 16
//! fix: a layer inside that keeps the shape, or a projection on the way around it

use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Linear::<4, 8>::new(&mut rng), Residual((Linear::<8, 16>::new(&mut rng), ReLU)));
    let y = net.forward(&Tensor2::<5, 4>::ones());
}
