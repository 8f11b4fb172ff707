//! topic: Names that are PyTorch's
//! pytorch: no error: `bmm` multiplies two batches of matrices
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! fix: `a.matmul(&b)`
use tintype::prelude::*;

fn main() {
    let (a, b) = (Tensor3::<4, 8, 3>::ones(), Tensor3::<4, 3, 2>::ones());
    let c = a.bmm(&b);
}
