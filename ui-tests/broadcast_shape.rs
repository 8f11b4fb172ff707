//! RuntimeError: The expanded size of the tensor (4) must match the existing size (3) at non-singleton dimension 1
//! numbers: 3, 4
use tintype::prelude::*;

fn main() {
    let y = Tensor1::<3>::ones().broadcast::<Rank2<2, 4>>();
}
