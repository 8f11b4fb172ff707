//! RuntimeError: Error(s) in loading state_dict: size mismatch for weight: copying a param with shape torch.Size([8, 3, 5, 5]) from checkpoint, the shape in current model is torch.Size([8, 3, 3, 3])
//! numbers: 3, 5
use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let mut conv = Conv2d::<3, 8, 3>::new(&mut rng);
    conv.weight = Conv2d::<3, 8, 5>::new(&mut rng).weight;
}
