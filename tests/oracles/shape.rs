//! Operations on shapes.

use crate::harness::oracles;
use tintype::prelude::*;

oracles! {
    "shape" without [
        cat_0, cat_1, stack_0, stack_2, split_1, chunk_0, narrow, flip, roll, tril, triu, repeat, diag, gather_1,
        index_select_0, scatter_add_0, r#where, masked_fill, unfold_1d,
    ];
    permute_201(in0: Rank3<2, 3, 4>) => in0.permute::<Axes3<2, 0, 1>>();
    transpose(in0: Rank2<3, 4>) => in0.transpose::<0, 1>();
    reshape(in0: Rank3<2, 3, 4>) => in0.reshape::<Rank2<4, 6>>();
    expand(in0: Rank2<2, 4>) => in0.broadcast::<Rank3<3, 2, 4>>();
    expand_keep(in0: Rank3<3, 1, 4>) => in0.expand::<1, 5>();
}
