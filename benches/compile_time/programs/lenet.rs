//! LeNet-5 (LeCun et al. 1998).

use tintype::prelude::*;

#[derive(Module)]
#[module(sequence)]
struct LeNet {
    conv1: Conv2d<1, 6, 5, 5, Stride<1>, Same>, // 28×28
    tanh1: Tanh,
    pool1: AvgPool2d<2>,    // -> 14×14
    conv2: Conv2d<6, 16, 5>, // -> 10×10
    tanh2: Tanh,
    pool2: AvgPool2d<2>, // -> 5×5
    flatten: Flatten,
    classifier: (Linear<400, 120>, Tanh, Linear<120, 84>, Tanh, Linear<84, 10>),
}

impl LeNet {
    fn new(rng: &mut StdRng) -> Self {
        LeNet {
            conv1: Conv2d::new(rng),
            tanh1: Tanh,
            pool1: AvgPool2d::new(),
            conv2: Conv2d::new(rng),
            tanh2: Tanh,
            pool2: AvgPool2d::new(),
            flatten: Flatten,
            classifier: (Linear::new(rng), Tanh, Linear::new(rng), Tanh, Linear::new(rng)),
        }
    }
}

type Network = LeNet;
type Images = Tensor4<16, 1, 28, 28>;
const CLASSES: usize = 10;

