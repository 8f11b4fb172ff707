//! RuntimeError: shape '[8, 11]' is invalid, three layers later
//! numbers: 11, 10
use tintype::prelude::*;

fn main() {
    let layer = Linear::<4, 10>::new(&mut StdRng::seed_from_u64(0));
    let y: Tensor2<8, 11, f32, Tracked> = layer.forward(&Tensor2::<8, 4>::ones());
}
