//! topic: Functions and modules of one's own
//! pytorch: RuntimeError: Function DoubleBackward returned an invalid gradient at index 0 - got [2] but expected shape compatible with [3]
//! when: in the first backward pass
//! seen: pytorch/pytorch torch/csrc/autograd/engine.cpp, pytorch/pytorch torch/csrc/autograd/input_metadata.cpp
//! numbers: 3, 2
//! fix: return a gradient of the input's shape
use tintype::prelude::*;

struct Double;

impl<A: Track> Function<Tensor1<3, f32, A>> for Double {
    const NAME: &'static str = "Double";
    type Output = Tensor1<3>;
    type Saved = ();
    fn forward(&self, x: Tensor1<3>) -> (Tensor1<3>, ()) {
        (x * 2.0, ())
    }
    fn backward<G: Track>(&self, _: &(), gradient: Tensor1<3, f32, G>) -> A::When<Tensor1<2, f32, G>> {
        A::when(|| gradient.sum().broadcast())
    }
}

fn main() {}
