//! RuntimeError: mat1 and mat2 shapes cannot be multiplied (4x1152 and 1024x10)
//! numbers: 1152, 1024
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Conv2d::<1, 8, 5>::new(&mut rng), MaxPool2d::<2>::new(), Flatten, Linear::<1024, 10>::new(&mut rng));
    let y = net.forward(&Tensor4::<4, 1, 28, 28>::rand(&mut rng));
}
