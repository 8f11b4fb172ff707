//! topic: Names that are PyTorch's
//! pytorch: no error: `x.narrow(1, 0, 2)` is 2 entries of the axis 1, from the first
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! fix: `x.slice::<1, 0, 2>()`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<8, 3>::ones();
    let left = x.narrow(1, 0, 2);
}
