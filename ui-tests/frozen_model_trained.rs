//! RuntimeError: element 0 of tensors does not require grad: the model was frozen before the loss was computed
use tintype::prelude::*;

fn main() {
    let model = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0)).freeze();
    model.forward(&Tensor2::<8, 4>::ones()).square().mean().backward();
}
