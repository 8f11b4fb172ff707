//! topic: Gradients and the graph
//! pytorch: no error: `make_dot(y)` of torchviz draws the tensor, and no graph
//! when: never: the program runs on
//! seen: https://github.com/szagoruyko/pytorchviz/blob/master/torchviz/dot.py
//! fix: draw what is computed from a tensor that was made by `requires_grad()`
use tintype::prelude::*;

fn main() {
    let x = tensor([1.0, 2.0]);
    println!("{}", (&x * 2.0).to_dot());
}
