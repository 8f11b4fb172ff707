//! topic: Element types
//! pytorch: no error: the entries that are set are counted
//! when: never
//! seen: pytorch/pytorch torch/_torch_docs.py
//! fix: count them: `x.gt(0.0).count()`
use tintype::prelude::*;

fn main() {
    let positive = tensor([1.0, -2.0]).gt(0.0).sum();
}
