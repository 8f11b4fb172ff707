//! topic: Functions and modules of one's own
//! pytorch: no error: torchinfo puts its hooks on every `nn.Module`, and shows a row for it
//! when: never: the program runs on
//! seen: TylerYep/torchinfo torchinfo/torchinfo.py
//! fix: `#[derive(Module)]` on the struct, or `impl<X> Inspect<X> for Double {}`

use tintype::nn::{Name, Visitor, VisitorMut};
use tintype::prelude::*;

struct Double;

impl Module<Tensor1<3>> for Double {
    type Output = Tensor1<3>;
    fn apply(&self, x: &Tensor1<3>) -> Tensor1<3> {
        x * 2.0
    }
}

impl Parameters for Double {
    const PARAMETERS: usize = 0;
    fn visit(&self, _: &mut Name, _: &mut impl Visitor) {}
    fn visit_mut(&mut self, _: &mut Name, _: &mut impl VisitorMut) {}
}

fn main() {
    println!("{}", (Double, ReLU).summary::<Tensor1<3>>());
}
