//! topic: Making and reading tensors
//! pytorch: no error: the tensor is changed, and everything that shares its memory
//! when: never: the program runs on
//! seen: pytorch/pytorch docs/source/notes/autograd.rst
//! fix: write `total = total + x`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<3, 2>::ones();
    let mut total = Tensor1::<2>::zeros();
    total += x.sum_axis::<0>();
}
