//! RuntimeError: permute(): duplicate dims are not allowed.
//! numbers: 1
use tintype::prelude::*;

fn main() {
    let y = Tensor3::<2, 3, 4>::ones().permute::<Axes3<0, 1, 1>>();
}
