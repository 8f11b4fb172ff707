//! topic: Making and reading tensors
//! pytorch: no error: the shape is that of the list
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! fix: `Tensor2::<2, 3>::try_from(numbers)?` checks the length
use tintype::prelude::*;

fn main() {
    let numbers: Vec<f32> = vec![1.0; 6];
    let x: Tensor2<2, 3> = tensor(numbers);
}
