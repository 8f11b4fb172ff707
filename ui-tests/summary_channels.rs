//! topic: Convolution
//! pytorch: RuntimeError: Failed to run torchinfo. See above stack traces for more details. Executed layers up to: []
//! when: when torchinfo sends an input through the network
//! seen: https://github.com/TylerYep/torchinfo/issues/161
//! numbers: 3, 1
//! fix: give the summary images of 3 channels, `Tensor4<1, 3, 28, 28>`

use tintype::prelude::*;

fn main() {
    let conv = Conv2d::<3, 8, 5>::new(&mut StdRng::seed_from_u64(0));
    println!("{}", conv.summary::<Tensor4<1, 1, 28, 28>>());
}
