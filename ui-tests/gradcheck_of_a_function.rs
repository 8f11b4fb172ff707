//! topic: Functions and modules of one's own
//! pytorch: ValueError: gradcheck expects at least one input tensor to require gradient, but none of the them have requires_grad=True.
//! when: in `gradcheck`
//! seen: pytorch/pytorch torch/autograd/gradcheck.py
//! fix: take and give what is tracked: `fn squares(x: &Tensor1<3, f64, Tracked>) -> Tensor1<3, f64, Tracked>`
use tintype::prelude::*;

fn squares(x: &Tensor1<3, f64>) -> Tensor1<3, f64> {
    x * x
}

fn main() {
    gradcheck(squares, Tensor1::from([1.0, 2.0, 3.0])).unwrap();
}
