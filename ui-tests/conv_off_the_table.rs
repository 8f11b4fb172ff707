//! topic: What only tintype says
//! pytorch: no error
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/nn/modules/conv.py
//! numbers: 44101
//! fix: add the number: `TINTYPE_DIMS = "44101"` in `.cargo/config.toml`
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let conv = Conv1d::<1, 4, 3>::new(&mut rng);
    let y = conv.forward(&Tensor2::<1, 44101>::rand(&mut rng));
}
