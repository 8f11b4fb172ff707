//! topic: Pooling and padding
//! pytorch: TypeError: _MaxPoolNd.__init__() got an unexpected keyword argument 'padding_mode'
//! when: when the layer is made
//! seen: pytorch/pytorch torch/nn/modules/pooling.py, https://github.com/pytorch/pytorch/issues/3654
//! numbers: 1
//! fix: pool with `Padding<1>`, or pad before: `x.pad_reflect::<2, 1, 1>()`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let y = MaxPool2d::<3, 3, Stride<2>, Reflect<1>>::new().forward(&Tensor4::<1, 8, 9, 9>::rand(&mut rng));
}
