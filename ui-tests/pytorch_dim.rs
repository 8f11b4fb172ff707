//! topic: Names that are PyTorch's
//! pytorch: no error: `x.dim()` is the number of axes
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: `Tensor2::<8, 3>::RANK`, or `x.shape().len()`
use tintype::prelude::*;

fn main() {
    let axes = Tensor2::<8, 3>::ones().dim();
}
