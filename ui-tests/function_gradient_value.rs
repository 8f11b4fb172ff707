//! topic: Functions and modules of one's own
//! pytorch: RuntimeError: Function ScaleBackward returned an invalid gradient at index 0 - got [2] but expected shape compatible with [3]
//! when: in the first backward pass
//! seen: pytorch/pytorch torch/csrc/autograd/engine.cpp, pytorch/pytorch torch/csrc/autograd/input_metadata.cpp
//! numbers: 3, 2
//! fix: compute a gradient of the input's shape
use tintype::prelude::*;

struct Scale(Tensor1<2>);

impl<A: Track> Function<Tensor1<3, f32, A>> for Scale {
    const NAME: &'static str = "Scale";
    type Output = Tensor1<3>;
    type Saved = ();
    fn forward(&self, x: Tensor1<3>) -> (Tensor1<3>, ()) {
        (x, ())
    }
    fn backward<G: Track>(&self, _: &(), gradient: Tensor1<3, f32, G>) -> A::When<Tensor1<3, f32, G>> {
        A::when(|| gradient * &self.0)
    }
}

fn main() {}
