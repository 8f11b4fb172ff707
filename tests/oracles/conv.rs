//! Convolutions.

use crate::harness::oracles;
use tintype::prelude::*;

/// PyTorch's padding "same" with the mode "circular" pads 4 on either side.
type SameCircular = Circular<4>;

/// A convolution with recorded weights, by its parameters.
macro_rules! conv {
    ($layer:ty, $x:ident, $weight:ident, $bias:expr) => {{
        let layer = <$layer>::from_weights($weight, $bias);
        layer.forward(&$x)
    }};
}

mod conv1d {
    use super::*;

    type Conv<
        E,
        const I: usize,
        const O: usize,
        const K: usize,
        S = Stride<1>,
        P = Padding<0>,
        D = Dilation<1>,
        G = Ungrouped,
    > = Conv1d<I, O, K, S, P, D, G, E>;

    oracles! {
        "conv1d" without [];
        conv1d_00(in0: Rank3<1, 2, 64>, weight: Rank3<16, 2, 3>, bias: Rank1<16>)
            => conv!(Conv<E, 2, 16, 3>, in0, weight, Some(bias));
        conv1d_01(in0: Rank3<2, 2, 64>, weight: Rank3<16, 2, 5>, bias: Rank1<16>)
            => conv!(Conv<E, 2, 16, 5>, in0, weight, Some(bias));
        conv1d_02(in0: Rank3<3, 3, 11>, weight: Rank3<4, 3, 3>, bias: Rank1<4>)
            => conv!(Conv<E, 3, 4, 3, Stride<2>>, in0, weight, Some(bias));
        conv1d_03(in0: Rank3<1, 3, 10>, weight: Rank3<4, 3, 3>, bias: Rank1<4>)
            => conv!(Conv<E, 3, 4, 3, Stride<1>, Padding<1>>, in0, weight, Some(bias));
        conv1d_04(in0: Rank3<2, 2, 12>, weight: Rank3<3, 2, 3>, bias: Rank1<3>)
            => conv!(Conv<E, 2, 3, 3, Stride<1>, Padding<0>, Dilation<3>>, in0, weight, Some(bias));
        conv1d_05(in0: Rank3<3, 4, 9>, weight: Rank3<6, 2, 3>, bias: Rank1<6>)
            => conv!(Conv<E, 4, 6, 3, Stride<1>, Padding<0>, Dilation<1>, Groups<2>>, in0, weight, Some(bias));
        conv1d_06(in0: Rank3<1, 4, 13>, weight: Rank3<8, 1, 5>, bias: Rank1<8>)
            => conv!(Conv<E, 4, 8, 5, Stride<2>, Padding<2>, Dilation<1>, Groups<4>>, in0, weight, Some(bias));
        conv1d_07(in0: Rank3<2, 2, 9>, weight: Rank3<3, 2, 4>)
            => conv!(Conv<E, 2, 3, 4>, in0, weight, None);
        conv1d_08(in0: Rank3<3, 2, 8>, weight: Rank3<3, 2, 3>, bias: Rank1<3>)
            => conv!(Conv<E, 2, 3, 3, Stride<1>, Circular<2>>, in0, weight, Some(bias));
        conv1d_09(in0: Rank3<1, 2, 9>, weight: Rank3<3, 2, 5>, bias: Rank1<3>)
            => conv!(Conv<E, 2, 3, 5, Stride<1>, Reflect<3>>, in0, weight, Some(bias));
        conv1d_10(in0: Rank3<2, 2, 7>, weight: Rank3<3, 2, 3>, bias: Rank1<3>)
            => conv!(Conv<E, 2, 3, 3, Stride<1>, Replicate<4>>, in0, weight, Some(bias));
        conv1d_11(in0: Rank3<3, 2, 9>, weight: Rank3<2, 2, 4>, bias: Rank1<2>)
            => conv!(Conv<E, 2, 2, 4, Stride<1>, Same>, in0, weight, Some(bias));
        conv1d_12(in0: Rank3<1, 2, 10>, weight: Rank3<3, 2, 5>, bias: Rank1<3>)
            => conv!(Conv<E, 2, 3, 5, Stride<1>, SameCircular, Dilation<2>>, in0, weight, Some(bias));
        conv1d_unbatched(in0: Rank2<3, 8>, weight: Rank3<4, 3, 3>, bias: Rank1<4>)
            => conv!(Conv<E, 3, 4, 3>, in0, weight, Some(bias));
    }
}

mod conv2d {
    use super::*;

    type Conv<
        E,
        const I: usize,
        const O: usize,
        const KH: usize,
        const KW: usize,
        S = Stride<1>,
        P = Padding<0>,
        D = Dilation<1>,
        G = Ungrouped,
    > = Conv2d<I, O, KH, KW, S, P, D, G, E>;

    oracles! {
        "conv2d" without [];
        conv2d_00(in0: Rank4<1, 20, 16, 32>, weight: Rank4<16, 20, 3, 5>, bias: Rank1<16>)
            => conv!(Conv<E, 20, 16, 3, 5>, in0, weight, Some(bias));
        conv2d_01(in0: Rank4<2, 20, 16, 32>, weight: Rank4<16, 20, 3, 5>, bias: Rank1<16>)
            => conv!(Conv<E, 20, 16, 3, 5, Stride<1>, Padding<1, 2>>, in0, weight, Some(bias));
        conv2d_02(in0: Rank4<3, 3, 8, 9>, weight: Rank4<4, 3, 3, 3>, bias: Rank1<4>)
            => conv!(Conv<E, 3, 4, 3, 3, Stride<2>, Padding<1>>, in0, weight, Some(bias));
        conv2d_03(in0: Rank4<1, 3, 9, 8>, weight: Rank4<4, 3, 2, 3>, bias: Rank1<4>)
            => conv!(Conv<E, 3, 4, 2, 3, Stride<2, 1>, Padding<0, 2>>, in0, weight, Some(bias));
        conv2d_04(in0: Rank4<2, 2, 9, 11>, weight: Rank4<3, 2, 3, 3>, bias: Rank1<3>)
            => conv!(Conv<E, 2, 3, 3, 3, Stride<1>, Padding<0>, Dilation<2, 3>>, in0, weight, Some(bias));
        conv2d_05(in0: Rank4<3, 6, 7, 7>, weight: Rank4<9, 2, 3, 3>, bias: Rank1<9>)
            => conv!(Conv<E, 6, 9, 3, 3, Stride<1>, Padding<1>, Dilation<1>, Groups<3>>, in0, weight, Some(bias));
        conv2d_06(in0: Rank4<1, 5, 8, 8>, weight: Rank4<10, 1, 3, 3>, bias: Rank1<10>)
            => conv!(Conv<E, 5, 10, 3, 3, Stride<2>, Padding<1>, Dilation<1>, Groups<5>>, in0, weight, Some(bias));
        conv2d_07(in0: Rank4<2, 2, 5, 6>, weight: Rank4<3, 2, 1, 1>, bias: Rank1<3>)
            => conv!(Conv<E, 2, 3, 1, 1>, in0, weight, Some(bias));
        conv2d_08(in0: Rank4<3, 2, 6, 6>, weight: Rank4<3, 2, 3, 3>)
            => conv!(Conv<E, 2, 3, 3, 3>, in0, weight, None);
        conv2d_09(in0: Rank4<1, 2, 6, 7>, weight: Rank4<3, 2, 3, 3>, bias: Rank1<3>)
            => conv!(Conv<E, 2, 3, 3, 3, Stride<1>, Circular<2, 1>>, in0, weight, Some(bias));
        conv2d_10(in0: Rank4<2, 2, 6, 7>, weight: Rank4<3, 2, 3, 3>, bias: Rank1<3>)
            => conv!(Conv<E, 2, 3, 3, 3, Stride<1>, Reflect<2, 3>>, in0, weight, Some(bias));
        conv2d_11(in0: Rank4<3, 2, 6, 7>, weight: Rank4<3, 2, 3, 3>, bias: Rank1<3>)
            => conv!(Conv<E, 2, 3, 3, 3, Stride<1>, Replicate<2>>, in0, weight, Some(bias));
        conv2d_12(in0: Rank4<1, 2, 7, 8>, weight: Rank4<2, 2, 4, 3>, bias: Rank1<2>)
            => conv!(Conv<E, 2, 2, 4, 3, Stride<1>, Same>, in0, weight, Some(bias));
        conv2d_13(in0: Rank4<2, 1, 7, 7>, weight: Rank4<1, 1, 7, 7>, bias: Rank1<1>)
            => conv!(Conv<E, 1, 1, 7, 7>, in0, weight, Some(bias));
        conv2d_14(in0: Rank4<3, 3, 12, 12>, weight: Rank4<8, 3, 3, 3>, bias: Rank1<8>)
            => conv!(Conv<E, 3, 8, 3, 3, Stride<3>, Padding<2>, Dilation<2>>, in0, weight, Some(bias));
        conv2d_unbatched(in0: Rank3<3, 8, 8>, weight: Rank4<4, 3, 3, 3>, bias: Rank1<4>)
            => conv!(Conv<E, 3, 4, 3, 3>, in0, weight, Some(bias));
    }
}
