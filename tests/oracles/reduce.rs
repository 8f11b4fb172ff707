//! Reductions: over all entries and over one axis.

use crate::harness::oracles;
use tintype::prelude::*;

oracles! {
    "reduce" without [
        prod_all, max_all, min_all, norm_all, var_all, std_all,
        prod_0, prod_1, prod_2, amax_0, amax_1, amax_2, amin_0, amin_1, amin_2, var_0, var_1, var_2, std_0, std_1, std_2,
        cumsum_0, cumsum_1, cumsum_2, argmax_0, argmax_1, argmax_2, argmin_0, argmin_1, argmin_2, sort_1, topk_1,
    ];
    sum_all(in0: Rank2<3, 4>) => in0.sum();
    mean_all(in0: Rank2<3, 4>) => in0.mean();
    sum_0(in0: Rank3<3, 4, 2>) => in0.sum_axis::<0>();
    sum_1(in0: Rank3<3, 4, 2>) => in0.sum_axis::<1>();
    sum_2(in0: Rank3<3, 4, 2>) => in0.sum_axis::<2>();
    mean_0(in0: Rank3<3, 4, 2>) => in0.mean_axis::<0>();
    mean_1(in0: Rank3<3, 4, 2>) => in0.mean_axis::<1>();
    mean_2(in0: Rank3<3, 4, 2>) => in0.mean_axis::<2>();
}
