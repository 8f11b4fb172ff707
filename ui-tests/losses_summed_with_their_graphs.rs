//! topic: Gradients and the graph
//! pytorch: no error: every step's graph is kept, and the memory runs out
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/notes/faq.rst
//! fix: add up numbers: `total += loss.item()`, or `loss.detach()`
use tintype::prelude::*;

fn main() {
    let w = tensor([1.0, 2.0]).requires_grad();
    let mut total = Tensor0::zeros();
    for _ in 0..100 {
        let loss = (&w * &w).sum();
        total = total + loss;
    }
}
