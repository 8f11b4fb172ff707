//! topic: Names that are PyTorch's
//! pytorch: no error: `mm` multiplies two matrices
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! fix: `a.matmul(&b)`
use tintype::prelude::*;

fn main() {
    let (a, b) = (Tensor2::<8, 3>::ones(), Tensor2::<3, 2>::ones());
    let c = a.mm(&b);
}
