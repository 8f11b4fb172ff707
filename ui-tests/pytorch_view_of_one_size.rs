//! topic: Names that are PyTorch's
//! pytorch: no error: a shape is given as numbers, as many as it has axes
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: `x.reshape::<Rank1<12>>()`, or `x.flatten()`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<2, 6>::ones();
    let row = x.view(12);
    println!("{:?}", row.shape());
}
