//! topic: Gradients and the graph
//! pytorch: no error: the total is a tensor from then on, and every step's graph is kept with it
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/notes/faq.rst
//! fix: read the number: `total += loss.item()`
use tintype::prelude::*;

fn main() {
    let w = tensor([1.0, 2.0]).requires_grad();
    let mut total = 0.0;
    for _ in 0..100 {
        let loss = w.square().mean();
        total += loss;
    }
}
