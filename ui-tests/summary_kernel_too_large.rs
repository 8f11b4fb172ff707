//! topic: Convolution
//! pytorch: RuntimeError: Failed to run torchinfo. See above stack traces for more details. Executed layers up to: []
//! when: when torchinfo sends an input through the network; above it stands the cause, `Calculated padded input size per channel: (4 x 4). Kernel size: (7 x 7). Kernel size can't be greater than actual input size`
//! seen: TylerYep/torchinfo torchinfo/torchinfo.py, https://github.com/TylerYep/torchinfo/issues/161
//! numbers: 7, 4
//! fix: give the summary images of the size that the network is for

use tintype::prelude::*;

type Net = (Conv2d<3, 8, 7>, ReLU);

fn main() {
    println!("{}", Summary::of::<Net, Tensor4<1, 3, 4, 4>>());
}
