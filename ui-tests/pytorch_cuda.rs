//! topic: Names that are PyTorch's
//! pytorch: no error: the tensor is copied to the GPU
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: leave `cuda()` out
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<8, 3>::ones().cuda();
}
