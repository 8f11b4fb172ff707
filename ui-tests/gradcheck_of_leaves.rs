//! topic: Functions and modules of one's own
//! pytorch: ValueError: gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True.
//! when: when the check runs, the other way round
//! seen: pytorch/pytorch torch/autograd/gradcheck.py
//! fix: `gradcheck` makes the leaves: leave `requires_grad` out
use tintype::prelude::*;

fn main() {
    let x = Tensor1::<2, f64>::from([1.0, 2.0]).requires_grad();
    gradcheck(|x| x.tanh(), x).unwrap();
}
