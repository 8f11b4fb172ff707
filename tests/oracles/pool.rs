//! Pooling and padding.

use crate::harness::oracles;
use tintype::prelude::*;

oracles! {
    "pool" without [
        adaptive_avg_pool2d_0, adaptive_max_pool2d_0, avg_pool3d_0, max_pool3d_0, pixel_shuffle,
        upsample_bilinear, upsample_nearest,
    ];
    max_pool1d_0(in0: Rank3<2, 3, 11>) => MaxPool1d::<2>::new().forward(&in0);
    max_pool1d_1(in0: Rank3<2, 3, 11>) => MaxPool1d::<3, Stride<2>, Padding<1>>::new().forward(&in0);
    max_pool1d_2(in0: Rank3<2, 3, 11>) => MaxPool1d::<3, Stride<1>, Padding<0>, Dilation<2>>::new().forward(&in0);
    max_pool2d_0(in0: Rank4<2, 3, 9, 10>) => MaxPool2d::<2>::new().forward(&in0);
    max_pool2d_1(in0: Rank4<2, 3, 9, 10>) => MaxPool2d::<3, 3, Stride<2>, Padding<1>>::new().forward(&in0);
    max_pool2d_2(in0: Rank4<2, 3, 9, 10>)
        => MaxPool2d::<3, 3, Stride<1>, Padding<0>, Dilation<2>>::new().forward(&in0);
    avg_pool1d_0(in0: Rank3<2, 3, 11>) => AvgPool1d::<2>::new().forward(&in0);
    avg_pool1d_1(in0: Rank3<2, 3, 11>) => AvgPool1d::<3, Stride<2>, Padding<1>>::new().forward(&in0);
    avg_pool1d_2(in0: Rank3<2, 3, 11>)
        => AvgPool1d::<3, Stride<2>, Padding<1>>::new().without_counting_padding().forward(&in0);
    avg_pool2d_0(in0: Rank4<2, 3, 9, 10>) => AvgPool2d::<2>::new().forward(&in0);
    avg_pool2d_1(in0: Rank4<2, 3, 9, 10>) => AvgPool2d::<3, 3, Stride<2>, Padding<1>>::new().forward(&in0);
    avg_pool2d_2(in0: Rank4<2, 3, 9, 10>)
        => AvgPool2d::<3, 3, Stride<2>, Padding<1>>::new().without_counting_padding().forward(&in0);
    adaptive_avg_pool2d_1(in0: Rank4<2, 3, 5, 6>) => GlobalAvgPool2d.forward(&in0);
    pad1d_constant(in0: Rank3<2, 3, 6>) => in0.pad::<2, 2, 1>(0.0);
    pad1d_circular(in0: Rank3<2, 3, 6>) => in0.pad_circular::<2, 2, 1>();
    pad1d_reflect(in0: Rank3<2, 3, 6>) => in0.pad_reflect::<2, 2, 1>();
    pad1d_replicate(in0: Rank3<2, 3, 6>) => in0.pad_replicate::<2, 2, 1>();
    pad2d_constant(in0: Rank4<2, 3, 6, 5>) => in0.pad::<3, 2, 1>(0.0).pad::<2, 0, 3>(0.0);
    pad2d_circular(in0: Rank4<2, 3, 6, 5>) => in0.pad_circular::<3, 2, 1>().pad_circular::<2, 0, 3>();
    pad2d_reflect(in0: Rank4<2, 3, 6, 5>) => in0.pad_reflect::<3, 2, 1>().pad_reflect::<2, 0, 3>();
    pad2d_replicate(in0: Rank4<2, 3, 6, 5>) => in0.pad_replicate::<3, 2, 1>().pad_replicate::<2, 0, 3>();
}
