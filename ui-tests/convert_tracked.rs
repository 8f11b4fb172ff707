//! topic: Element types
//! pytorch: no error: the gradient goes back through the conversion
//! when: never: the program runs on
//! seen: pytorch/pytorch tools/autograd/derivatives.yaml
//! fix: convert first: `x.to::<f64>().requires_grad()`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<8, 3>::ones().requires_grad();
    let y = x.to::<f64>();
}
