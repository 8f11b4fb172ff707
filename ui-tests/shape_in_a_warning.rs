//! topic: What only tintype says
//! pytorch: no error: `print(y.shape)` shows it
//! when: never: only when the program runs is there a shape
//! seen: https://pytorch.org/docs/stable/generated/torch.Tensor.shape.html
//! fix: none is needed: without the first line this is a warning, and the program is built

#![deny(dropping_references)]
use tintype::prelude::*;

fn main() {
    let conv = Conv2d::<20, 16, 3, 5>::new(&mut StdRng::seed_from_u64(0));
    let y = conv.forward(&Tensor4::<1, 20, 64, 128>::ones());
    drop(&y);
}
