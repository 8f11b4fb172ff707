//! layer.weight.grad is None: the layer was frozen by requires_grad_(False)
use tintype::prelude::*;

fn main() {
    let layer = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0)).freeze();
    let x = Tensor1::<4>::ones().requires_grad();
    let grads = layer.forward(&x).sum().backward();
    println!("{:?}", grads[&layer.weight]);
}
