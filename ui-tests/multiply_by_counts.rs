//! topic: Element types
//! pytorch: no error: the counts are converted to floats
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/tensor_attributes.rst
//! fix: convert the counts: `counts.to::<f32>()`
use tintype::prelude::*;

fn main() {
    let losses = tensor([0.5, 0.25]);
    let counts = Tensor1::<2, i64>::from([3, 4]);
    let total = counts * losses;
}
