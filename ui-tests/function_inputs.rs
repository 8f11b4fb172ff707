//! topic: Functions and modules of one's own
//! pytorch: RuntimeError: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 0
//! when: in the forward pass, at the first batch
//! seen: pytorch/pytorch aten/src/ATen/ExpandUtils.cpp
//! numbers: 3, 4
//! fix: apply it to two tensors of one shape
use tintype::prelude::*;

struct MyAdd;

impl<S: Shape> Function<(Tensor<S, f32, Tracked>, Tensor<S, f32, Tracked>)> for MyAdd {
    const NAME: &'static str = "MyAdd";
    type Output = Tensor<S>;
    type Saved = ();
    fn forward(&self, (x, y): (Tensor<S>, Tensor<S>)) -> (Tensor<S>, ()) {
        (x + y, ())
    }
    fn backward<G: Track>(&self, _: &(), gradient: Tensor<S, f32, G>) -> (Tensor<S, f32, G>, Tensor<S, f32, G>) {
        (gradient.clone(), gradient)
    }
}

fn main() {
    let x = Tensor1::<3>::ones().requires_grad();
    let y = Tensor1::<4>::ones().requires_grad();
    MyAdd.apply((&x, &y));
}
