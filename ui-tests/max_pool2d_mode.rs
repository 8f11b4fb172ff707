//! TypeError: max_pool2d() got an unexpected keyword argument 'padding_mode'
//! numbers: 1
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = MaxPool2d::<3, 3, Stride<2>, Reflect<1>>::new().forward(&Tensor4::<1, 8, 9, 9>::rand(&mut rng));
}
