//! RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x256 and 320x10)
//! numbers: 320, 256
use tintype::prelude::*;

fn main() {
    let net = (Flatten, Linear::<320, 10>::new(&mut StdRng::seed_from_u64(0)));
    let y = net.forward(&Tensor4::<8, 16, 4, 4>::ones());
}
