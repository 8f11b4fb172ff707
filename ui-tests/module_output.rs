//! topic: Functions and modules of one's own
//! pytorch: no error: the annotation of a PyTorch module's output is not checked
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/module.py
//! numbers: 3, 2
//! fix: the layer gives 2 features
use tintype::prelude::*;

struct Net {
    layer: Linear<4, 2>,
}

impl<B: Dimension> Module<Tensor<(B, Dim<4>)>> for Net {
    type Output = Tensor<(B, Dim<3>), f32, Tracked>;
    fn apply(&self, x: &Tensor<(B, Dim<4>)>) -> Self::Output {
        self.layer.forward(x)
    }
}

fn main() {

}
