//! RuntimeError: Expected size for first two dimensions of batch2 tensor to be: [2, 4] but got: [3, 4]
//! numbers: 2, 3
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().matmul(&Tensor3::<3, 4, 5>::ones());
}
