//! topic: Functions and modules of one's own
//! pytorch: TypeError: MyAdd.forward() missing 1 required positional argument: 'y'
//! when: in the forward pass, at the first batch
//! seen: https://github.com/pytorch/pytorch/issues/91764
//! fix: give it both: `MyAdd.apply((&x, &y))`
use tintype::prelude::*;

struct MyAdd;

impl Function<(Tensor1<3, f32, Tracked>, Tensor1<3, f32, Tracked>)> for MyAdd {
    const NAME: &'static str = "MyAdd";
    type Output = Tensor1<3>;
    type Saved = ();
    fn forward(&self, (x, y): (Tensor1<3>, Tensor1<3>)) -> (Tensor1<3>, ()) {
        (x + y, ())
    }
    fn backward<G: Track>(
        &self,
        _: &(),
        gradient: Tensor1<3, f32, G>,
    ) -> (Tensor1<3, f32, G>, Tensor1<3, f32, G>) {
        (gradient.clone(), gradient)
    }
}

fn main() {
    let x = Tensor1::<3>::ones().requires_grad();
    MyAdd.apply(&x);
}
