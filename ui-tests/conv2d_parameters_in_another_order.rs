//! TypeError, or a stride taken for a padding: conv2d(x, w, b, padding, stride)
//! numbers: 
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 8, 3, 3, Padding<1>, Stride<2>>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 3, 32, 32>::rand(&mut rng));
}
