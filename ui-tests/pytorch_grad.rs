//! topic: Names that are PyTorch's
//! pytorch: no error: `backward` leaves the gradient on the tensor, and the next one is added to it
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: ask what `backward` returned: `gradients[&x]`
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0]).requires_grad();
    x.square().sum().backward();
    let gradient = x.grad();
}
