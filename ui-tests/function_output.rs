//! topic: Functions and modules of one's own
//! pytorch: RuntimeError: The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 0
//! when: in the forward pass, where the output is used
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 3, 2
//! fix: give what `Output` says
use tintype::prelude::*;

struct Halve;

impl<A: Track> Function<Tensor1<3, f32, A>> for Halve {
    const NAME: &'static str = "Halve";
    type Output = Tensor1<3>;
    type Saved = ();
    fn forward(&self, _: Tensor1<3>) -> (Tensor1<3>, ()) {
        (Tensor1::<2>::ones(), ())
    }
    fn backward<G: Track>(&self, _: &(), gradient: Tensor1<3, f32, G>) -> A::When<Tensor1<3, f32, G>> {
        A::when(|| gradient * 0.5)
    }
}

fn main() {

}
