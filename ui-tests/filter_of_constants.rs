//! topic: Convolution
//! pytorch: TypeError: cannot assign 'torch.FloatTensor' as parameter 'weight' (torch.nn.Parameter or None expected)
//! when: when the layer is given its weight
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! fix: say that the layer learns nothing: `type Edges = In<Conv2d<1, 1, 3>, Untracked>;`
use tintype::prelude::*;

fn main() {
    let sobel = tensor([[[[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]]]]);
    let edges = Conv2d::<1, 1, 3>::from_weights(sobel, None);
}
