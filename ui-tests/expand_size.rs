//! RuntimeError: The expanded size of the tensor (4) must match the existing size (3) at non-singleton dimension 1
//! numbers: 1, 3
use tintype::prelude::*;

fn main() {
    let y = Tensor2::<2, 3>::ones().expand::<1, 4>();
}
