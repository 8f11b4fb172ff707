//! Convolutions, forward and with their gradients: the course's, and the kinds that networks are made of.
//!
//! `RAYON_NUM_THREADS=1 cargo bench --bench convolution`. "Gitem/s" are 10⁹ floating-point operations a second, beside
//! `at_best`, which is what the machine manages in registers. (Winograd's algorithm for kernels of 3×3 does with fewer than are
//! counted here.)

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tintype::prelude::*;

#[path = "machine/multiply_adds.rs"]
mod machine;

fn main() {
    divan::main();
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(0)
}

/// Multiply-adds in registers, on one thread.
#[divan::bench]
fn at_best(bencher: Bencher) {
    let operations = machine::multiply_adds(1000);
    bencher
        .counter(ItemsCount::new(operations))
        .bench(|| machine::multiply_adds(black_box(1000)));
}

/// A convolution, forward with frozen weights, and with the gradients of input, weight and bias.
macro_rules! convolutions {
    ($($(#[$doc:meta])* $name:ident: $layer:ty, $input:ty;)*) => { $(
        $(#[$doc])*
        mod $name {
            use super::*;

            type Layer = $layer;
            type Input = $input;

            fn operations() -> usize {
                2 * Summary::of::<Layer, Input>().multiply_adds() as usize
            }

            #[divan::bench]
            fn forward(bencher: Bencher) {
                let (layer, x) = (Layer::new(&mut rng()).freeze(), Input::randn(&mut rng()));
                bencher.counter(ItemsCount::new(operations())).bench(|| layer.forward(black_box(&x)));
            }

            #[divan::bench]
            fn gradients(bencher: Bencher) {
                let (layer, x) = (Layer::new(&mut rng()), Input::randn(&mut rng()).requires_grad());
                bencher
                    .counter(ItemsCount::new(3 * operations()))
                    .bench(|| layer.forward(black_box(&x)).sum().backward());
            }
        }
    )* };
}
convolutions! {
    /// The course's convolution: 1×20×64×128 by 16×20×3×5.
    course: Conv2d<20, 16, 3, 5>, Tensor4<1, 20, 64, 128>;
    /// A layer of a larger network: 32×64×28×28 by 64×64×3×3, padded.
    deep: Conv2d<64, 64, 3, 3, Stride<1>, Padding<1>>, Tensor4<32, 64, 28, 28>;
    /// The two of a LeNet on 64 digits.
    lenet_first: Conv2d<1, 8, 5>, Tensor4<64, 1, 28, 28>;
    lenet_second: Conv2d<8, 16, 5>, Tensor4<64, 8, 12, 12>;
    /// Four of ResNet-50: its first, one of each kernel, and one with a stride.
    resnet_first: Conv2d<3, 64, 7, 7, Stride<2>, Padding<3>>, Tensor4<1, 3, 224, 224>;
    pointwise: Conv2d<256, 64, 1>, Tensor4<1, 256, 56, 56>;
    bottleneck: Conv2d<128, 128, 3, 3, Stride<1>, Padding<1>>, Tensor4<1, 128, 28, 28>;
    strided: Conv2d<128, 128, 3, 3, Stride<2>, Padding<1>>, Tensor4<1, 128, 56, 56>;
    /// One channel at a time.
    depthwise: Conv2d<64, 64, 3, 3, Stride<1>, Padding<1>, Dilation<1>, Groups<64>>, Tensor4<1, 64, 56, 56>;
}
