//! topic: Matrix products
//! pytorch: no error: the batch axis of (2, 3, 4) is broadcast over the first of (8, 2, 4, 5)
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_torch_docs.py
//! numbers: 2, 3, 4, 8, 5
//! fix: say so: `x.broadcast::<Rank4<8, 2, 3, 4>>()`
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().matmul(&Tensor4::<8, 2, 4, 5>::ones());
}
