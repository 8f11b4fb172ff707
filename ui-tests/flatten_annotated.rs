//! AssertionError in the user's own shape check: expected 255 features, got 256
//! numbers: 255, 256
use tintype::prelude::*;

fn main() {
    let y: Tensor2<8, 255> = Tensor4::<8, 16, 4, 4>::ones().flatten_from::<1>();
}
