//! topic: Names that are PyTorch's
//! pytorch: no error: a shape is given as numbers, one of which may be left open
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: `x.reshape::<Rank2<8, 784>>()`, or `x.flatten()`
use tintype::prelude::*;

fn main() {
    let images = Tensor4::<8, 1, 28, 28>::ones();
    let rows = images.view(8, -1);
}
