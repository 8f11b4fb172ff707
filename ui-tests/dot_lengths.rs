//! topic: Matrix products
//! pytorch: RuntimeError: inconsistent tensor size, expected tensor [3] and src [2] to have the same number of elements, but got 3 and 2 elements respectively
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/native/Blas.cpp
//! numbers: 3, 2
//! fix: give both vectors one length
use tintype::prelude::*;

fn main() {
    let y = tensor([1.0, 2.0, 3.0]).dot(&tensor([1.0, 2.0]));
}
