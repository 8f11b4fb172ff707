//! topic: Making and reading tensors
//! pytorch: no error: `x > 0.5` is a mask
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: write `x.gt(0.5)`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<3, 2>::ones();
    let mask = x > 0.5;
}
