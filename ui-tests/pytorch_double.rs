//! topic: Names that are PyTorch's
//! pytorch: no error: `x.double()` is `x.to(torch.float64)`
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: `x.to::<f64>()`
use tintype::prelude::*;

fn main() {
    let x = Tensor2::<8, 3>::ones().double();
}
