//! topic: Functions and modules of one's own
//! pytorch: no error but a warning: Input #0 requires gradient and is not a double precision floating point or complex.
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/autograd/gradcheck.py
//! fix: check in double precision: `Tensor1::<2, f64>::from([1.0, 2.0])`
use tintype::prelude::*;

fn main() {
    gradcheck(|x| x.sum(), tensor([1.0, 2.0])).unwrap();
}
