//! topic: Linear layers and sequences
//! pytorch: ValueError: Expected input batch_size (8) to match target batch_size (16), or no error at all
//! when: where the loss is computed
//! seen: https://github.com/pytorch/pytorch/issues/139031
//! numbers: 11, 10
//! fix: the last layer gives 10 features
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Linear::<4, 32>::new(&mut rng), ReLU, Linear::<32, 10>::new(&mut rng));
    let y: Tensor2<8, 11, f32, Tracked> = net.forward(&Tensor2::<8, 4>::ones());
}
