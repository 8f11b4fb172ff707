//! topic: Functions and modules of one's own
//! pytorch: RuntimeError: function MyAddBackward returned an incorrect number of gradients (expected 2, got 1)
//! when: in the first backward pass
//! seen: pytorch/pytorch torch/csrc/autograd/python_function.cpp
//! fix: return a gradient for each input
use tintype::prelude::*;

struct MyAdd;

impl Function<(Tensor1<3, f32, Tracked>, Tensor1<3, f32, Tracked>)> for MyAdd {
    const NAME: &'static str = "MyAdd";
    type Output = Tensor1<3>;
    type Saved = ();
    fn forward(&self, (x, y): (Tensor1<3>, Tensor1<3>)) -> (Tensor1<3>, ()) {
        (x + y, ())
    }
    fn backward<G: Track>(&self, _: &(), gradient: Tensor1<3, f32, G>) -> Tensor1<3, f32, G> {
        gradient
    }
}

fn main() {}
