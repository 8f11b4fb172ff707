//! topic: Names that are PyTorch's
//! pytorch: no error: `x.float()` is `x.to(torch.float32)`
//! when: never: the program runs on
//! seen: pytorch/pytorch torch/_tensor_docs.py
//! fix: `x.to::<f32>()`
use tintype::prelude::*;

fn main() {
    let pixels = Tensor2::<28, 28, u8>::ones().float() / 255.0;
}
