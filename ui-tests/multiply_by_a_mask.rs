//! topic: Element types
//! pytorch: no error: the mask counts as ones and zeros
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/tensor_attributes.rst
//! fix: convert the mask, `&x * mask.to::<f32>()`, or choose by it: `x.masked_fill(&!mask, 0.0)`
use tintype::prelude::*;

fn main() {
    let x = tensor([-1.0, 2.0]);
    let positive = x.gt(0.0);
    let y = &x * &positive;
}
