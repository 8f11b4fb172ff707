//! topic: Convolution
//! pytorch: RuntimeError: Failed to run torchinfo. See above stack traces for more details. Executed layers up to: []
//! when: when torchinfo sends an input through the network; above it stands the cause, `Given groups=1, weight of size [8, 3, 5, 5], expected input[1, 1, 28, 28] to have 3 channels, but got 1 channels instead`
//! seen: TylerYep/torchinfo torchinfo/torchinfo.py, https://github.com/TylerYep/torchinfo/issues/161
//! numbers: 3, 1
//! fix: give the summary images of 3 channels, `Tensor4<1, 3, 28, 28>`

use tintype::prelude::*;

fn main() {
    let conv = Conv2d::<3, 8, 5>::new(&mut StdRng::seed_from_u64(0));
    println!("{}", conv.summary::<Tensor4<1, 1, 28, 28>>());
}
