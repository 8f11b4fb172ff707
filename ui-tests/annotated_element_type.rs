//! topic: Element types
//! pytorch: no error: a float tensor, where a double one was meant
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! fix: name the type: `Tensor1::<2, f64>::from([1.0, 2.0])`
use tintype::prelude::*;

fn main() {
    let x: Tensor1<2, f64> = tensor([1.0, 2.0]);
}
