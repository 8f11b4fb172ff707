//! topic: Convolution
//! pytorch: no error: `Conv2d(3, 8, 3, 1, 2)` takes padding 2 where a stride of 2 was meant, and the sizes are others
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! numbers: 1, 2
//! fix: stride comes before padding: `Stride<2>, Padding<1>`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<3, 8, 3, 3, Padding<1>, Stride<2>>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 3, 32, 32>::rand(&mut rng));
}
