//! topic: Names that are PyTorch's
//! pytorch: no error: axes are arguments
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: numbers of axes stand in the type: `x.transpose::<0, 1>()`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<8, 4>::ones();
    let y = x.transpose(0, 1);
}
