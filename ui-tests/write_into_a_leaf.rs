//! topic: Gradients and the graph
//! pytorch: RuntimeError: a view of a leaf Variable that requires grad is being used in an in-place operation.
//! when: where it is written
//! seen: pytorch/pytorch torch/csrc/autograd/VariableTypeUtils.h, https://github.com/PingoLH/FCHarDNet/issues/61
//! fix: change a leaf by `w.update(|entries| …)`
use tintype::prelude::*;

fn main() {
    let mut w = tensor([1.0, 2.0]).requires_grad();
    w.as_mut_slice()[0] = 5.0;
}
