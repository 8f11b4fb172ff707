//! topic: Linear layers and sequences
//! pytorch: IndexError: Target 10 is out of bounds.
//! when: where the loss is computed, at the first batch with a label of the eleventh class
//! seen: pytorch/pytorch aten/src/ATen/native/LossNLL.cpp
//! numbers: 11, 10
//! fix: the last layer gives 10 features
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Linear::<4, 32>::new(&mut rng), ReLU, Linear::<32, 10>::new(&mut rng));
    let y: Tensor2<8, 11, f32, Tracked> = net.forward(&Tensor2::<8, 4>::ones());
}
