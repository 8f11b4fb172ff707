//! topic: Element types
//! pytorch: no error: whole numbers are subtracted, and divided to `float32`
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/tensor_attributes.rst
//! fix: convert first: `years.to::<f32>() - 1900.0`
use tintype::prelude::*;

fn main() {
    let years = Tensor1::<2, i64>::from([1912, 1987]);
    let ages = (&years - 1900).sum();
}
