//! topic: Linear layers and sequences
//! pytorch: RuntimeError: The size of tensor a (8) must match the size of tensor b (4) at non-singleton dimension 1
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp, https://github.com/GengDavid/pytorch-cpn/issues/45
//! numbers: 4, 8
//! fix: make the layer give as many features as it takes
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let layer = Residual(Linear::<4, 8>::new(&mut rng));
    let y = layer.forward(&Tensor2::<2, 4>::ones());
}
