//! topic: What only tintype says
//! pytorch: no error: a tensor of rank 7
//! when: never: the program runs on
//! seen: https://pytorch.org/docs/stable/generated/torch.unsqueeze.html
//! fix: join two axes first: `reshape`, `flatten_from`
use tintype::prelude::*;

fn main() {
    let y = Tensor6::<1, 2, 1, 2, 1, 2>::ones().unsqueeze::<0>();
}
