//! topic: Names that are PyTorch's
//! pytorch: no error: `x.size(0)` is a number
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: `x.shape()[0]`
use tintype::prelude::*;

fn main() {
    let batch = Tensor2::<8, 3>::ones().size(0);
}
