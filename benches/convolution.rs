//! Convolutions, and the gradients of their inputs and weights. "Items" are the floating-point operations of the plain sum:
//! beside each line stands how many it does a second, and `peak` says how many one core could. (Winograd's algorithm needs
//! fewer, and so may go beyond.)
//!
//! `RAYON_NUM_THREADS=1 cargo bench --bench convolution`, with `-- deep` for one of them.

mod machine;

use divan::Bencher;

fn main() {
    divan::main();
}

#[divan::bench]
fn peak(bencher: Bencher) {
    machine::peak(bencher);
}

/// For each convolution: its output alone, with the gradient of the input, and with those of the weight and the bias.
macro_rules! convolutions {
    ($($(#[$doc:meta])* $name:ident: $conv:ty, $input:ty => $output:ty;)*) => {
        $(
            $(#[$doc])*
            mod $name {
                use divan::counter::ItemsCount;
                use divan::{Bencher, black_box};
                use tintype::prelude::*;

                fn work() -> ($conv, Tensor<$input>, usize) {
                    let rng = &mut StdRng::seed_from_u64(0);
                    let conv = <$conv>::new(rng);
                    let window = conv.weight.as_slice().len() / conv.bias.as_ref().map_or(1, |bias| bias.as_slice().len());
                    (conv, Tensor::randn(rng), 2 * window * <$output>::NUMEL)
                }

                #[divan::bench]
                fn forward(bencher: Bencher) {
                    let (conv, x, operations) = work();
                    let conv = conv.freeze();
                    bencher.counter(ItemsCount::new(operations)).bench(|| -> Tensor<$output> { conv.forward(black_box(&x)) });
                }

                #[divan::bench]
                fn input_gradient(bencher: Bencher) {
                    let (conv, x, operations) = work();
                    let (conv, x) = (conv.freeze(), x.requires_grad());
                    let bencher = bencher.counter(ItemsCount::new(2 * operations));
                    bencher.bench(|| conv.forward(black_box(&x)).sum().backward());
                }

                #[divan::bench]
                fn weight_gradient(bencher: Bencher) {
                    let (conv, x, operations) = work();
                    let bencher = bencher.counter(ItemsCount::new(2 * operations));
                    bencher.bench(|| conv.forward(black_box(&x)).sum().backward());
                }
            }
        )*
    };
}

convolutions! {
    /// The course's.
    course: Conv2d<20, 16, 3, 5>, Rank4<1, 20, 64, 128> => Rank4<1, 16, 62, 124>;
    /// A layer of a larger network.
    deep: Conv2d<64, 64, 3, 3, Stride<1>, Padding<1>>, Rank4<32, 64, 28, 28> => Rank4<32, 64, 28, 28>;
    /// LeNet's first.
    lenet_first: Conv2d<1, 8, 5>, Rank4<64, 1, 28, 28> => Rank4<64, 8, 24, 24>;
    /// LeNet's second.
    lenet_second: Conv2d<8, 16, 5>, Rank4<64, 8, 12, 12> => Rank4<64, 16, 8, 8>;
    /// ResNet's first.
    resnet_first: Conv2d<3, 64, 7, 7, Stride<2>, Padding<3>>, Rank4<4, 3, 224, 224> => Rank4<4, 64, 112, 112>;
    /// ResNet's, of one entry.
    pointwise: Conv2d<64, 256, 1>, Rank4<4, 64, 56, 56> => Rank4<4, 256, 56, 56>;
    /// ResNet's, halving the image.
    strided: Conv2d<128, 128, 3, 3, Stride<2>, Padding<1>>, Rank4<4, 128, 56, 56> => Rank4<4, 128, 28, 28>;
    /// With gaps.
    dilated: Conv2d<64, 64, 3, 3, Stride<1>, Padding<2>, Dilation<2>>, Rank4<4, 64, 28, 28> => Rank4<4, 64, 28, 28>;
    /// Each channel by itself.
    depth_wise: Conv2d<128, 128, 3, 3, Stride<1>, Padding<1>, Dilation<1>, Groups<128>>,
        Rank4<4, 128, 28, 28> => Rank4<4, 128, 28, 28>;
}
