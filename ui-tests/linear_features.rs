//! RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x100 and 128x10)
//! numbers: 128, 100
use tintype::prelude::*;

fn main() {
    let layer = Linear::<128, 10>::new(&mut StdRng::seed_from_u64(0));
    let y = layer.forward(&Tensor2::<8, 100>::ones());
}
