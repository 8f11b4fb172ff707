//! topic: Losses and labels
//! pytorch: no error: a float target of the input's shape is taken for the probabilities of the classes (one of whole numbers is refused: `Expected floating point type for target with class probabilities, got Long`)
//! when: never: the program runs on
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp, https://github.com/George730/E-ResGAT/issues/5
//! numbers: 2, 3
//! fix: give labels, not rows with a one in them: `Labels::<2, 3>::try_from([0, 2])`
use tintype::prelude::*;

fn main() {
    let targets = tensor([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]);
    let loss = Tensor2::<2, 3>::ones().cross_entropy(&targets);
}
