//! topic: Convolution
//! pytorch: no error: `Conv2d(8, 8, 3, 1, 0, 4)` takes a dilation of 4 where 4 groups were meant
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! numbers: 4
//! fix: the dilation comes before the groups: `Padding<0>, Dilation<1>, Groups<4>`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv2d::<8, 8, 3, 3, Stride<1>, Padding<0>, Groups<4>>::new(&mut rng);
    let y = conv.forward(&Tensor4::<1, 8, 32, 32>::rand(&mut rng));
}
