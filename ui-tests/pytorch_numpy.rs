//! topic: Names that are PyTorch's
//! pytorch: no error: `x.numpy()` is an array of NumPy that shares the numbers
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: `x.array()`
use tintype::prelude::*;

fn main() {
    let numbers = Tensor2::<8, 3>::ones().numpy();
}
