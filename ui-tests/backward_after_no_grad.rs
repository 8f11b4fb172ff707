//! RuntimeError: element 0 of tensors does not require grad (computed under torch.no_grad())
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0]).requires_grad();
    let y = no_grad(&x) * 2.0;
    y.sum().backward();
}
