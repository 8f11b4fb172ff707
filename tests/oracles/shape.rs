//! Operations on shapes.

use crate::harness::{Indices, oracles};
use tintype::prelude::*;

oracles! {
    "shape" without [
        split_1, chunk_0, narrow, flip, roll, tril, triu, repeat, diag, gather_1, index_select_0, scatter_add_0,
        unfold_1d,
    ];
    permute_201(in0: Rank3<2, 3, 4>) => in0.permute::<Axes3<2, 0, 1>>();
    transpose(in0: Rank2<3, 4>) => in0.transpose::<0, 1>();
    reshape(in0: Rank3<2, 3, 4>) => in0.reshape::<Rank2<4, 6>>();
    expand(in0: Rank2<2, 4>) => in0.broadcast::<Rank3<3, 2, 4>>();
    expand_keep(in0: Rank3<3, 1, 4>) => in0.expand::<1, 5>();
    cat_0(in0: Rank2<2, 3>, in1: Rank2<4, 3>) => in0.concat::<0>(&in1);
    cat_1(in0: Rank2<2, 3>, in1: Rank2<2, 5>) => in0.concat::<1>(&in1);
    stack_0(in0: Rank2<2, 3>, in1: Rank2<2, 3>) => [in0, in1].stack::<0>();
    stack_2(in0: Rank2<2, 3>, in1: Rank2<2, 3>) => [in0, in1].stack::<2>();
    r#where(in0: Rank2<3, 4>, in1: Rank2<3, 4>, in2: Rank2<3, 4>) => in0.gt(0.0).select(&in1, &in2);
    masked_fill(in0: Rank2<3, 4>, in1: Indices<Rank2<3, 4>>) => in0.masked_fill(in1.to::<bool>(), -2.5);
}
