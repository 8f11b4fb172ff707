//! topic: Linear layers and sequences
//! pytorch: RuntimeError: Failed to run torchinfo. See above stack traces for more details. Executed layers up to: [Conv2d: 1, MaxPool2d: 1, Flatten: 1]
//! when: when torchinfo sends an input through the network; above it stands the cause, `mat1 and mat2 shapes cannot be multiplied (1x1152 and 1024x10)`
//! seen: TylerYep/torchinfo torchinfo/torchinfo.py, https://github.com/TylerYep/torchinfo/issues/269, https://github.com/TylerYep/torchinfo/issues/215
//! numbers: 1152, 1024
//! fix: make the last layer take the 1152 numbers that `Flatten` gives

use tintype::prelude::*;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Conv2d::<1, 8, 5>::new(&mut rng), MaxPool2d::<2>::new(), Flatten, Linear::<1024, 10>::new(&mut rng));
    println!("{}", net.summary::<Tensor4<1, 1, 28, 28>>());
}
