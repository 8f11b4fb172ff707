//! topic: Gradients and the graph
//! pytorch: no error: the graph goes along, and the memory with it
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/notes/faq.rst
//! fix: return `.detach()`, or `Tensor1<2, f32, Tracked>`
use tintype::prelude::*;

fn prediction(w: &Tensor1<2, f32, Tracked>) -> Tensor1<2> {
    w * 2.0
}

fn main() {
    let w = tensor([1.0, 2.0]).requires_grad();
    println!("{}", prediction(&w));
}
