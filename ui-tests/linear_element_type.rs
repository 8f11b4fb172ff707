//! RuntimeError: mat1 and mat2 must have the same dtype, but got Double and Float
//! numbers: 4, 2
use tintype::prelude::*;

fn main() {
    let layer = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    let y = layer.forward(&Tensor2::<8, 4, f64>::ones());
}
