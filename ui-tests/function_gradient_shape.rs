//! RuntimeError: Function DoubleBackward returned an invalid gradient at index 0 - got [2] but expected shape compatible with [3]
//! numbers: 3, 2
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
        A::when(|| gradient * 2.0)
    }
}

fn main() {}
