//! topic: Names that are PyTorch's
//! pytorch: no error: sizes are arguments
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: a shape is a type: `x.reshape::<Rank2<4, 4>>()`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<8, 2>::ones();
    let y = x.reshape(4, 4);
}
