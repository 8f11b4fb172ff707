//! Reductions: over all entries and over one axis.

use crate::harness::oracles;
use tintype::prelude::*;

oracles! {
    "reduce" without [sort_1, topk_1];
    sum_all(in0: Rank2<3, 4>) => in0.sum();
    mean_all(in0: Rank2<3, 4>) => in0.mean();
    sum_0(in0: Rank3<3, 4, 2>) => in0.sum_axis::<0>();
    sum_1(in0: Rank3<3, 4, 2>) => in0.sum_axis::<1>();
    sum_2(in0: Rank3<3, 4, 2>) => in0.sum_axis::<2>();
    mean_0(in0: Rank3<3, 4, 2>) => in0.mean_axis::<0>();
    mean_1(in0: Rank3<3, 4, 2>) => in0.mean_axis::<1>();
    mean_2(in0: Rank3<3, 4, 2>) => in0.mean_axis::<2>();
    prod_all(in0: Rank2<3, 4>) => in0.prod();
    max_all(in0: Rank2<3, 4>) => in0.max();
    min_all(in0: Rank2<3, 4>) => in0.min();
    norm_all(in0: Rank2<3, 4>) => in0.norm();
    var_all(in0: Rank2<3, 4>) => in0.var();
    std_all(in0: Rank2<3, 4>) => in0.std();
    prod_0(in0: Rank3<3, 4, 2>) => in0.prod_axis::<0>();
    prod_1(in0: Rank3<3, 4, 2>) => in0.prod_axis::<1>();
    prod_2(in0: Rank3<3, 4, 2>) => in0.prod_axis::<2>();
    amax_0(in0: Rank3<3, 4, 2>) => in0.max_axis::<0>();
    amax_1(in0: Rank3<3, 4, 2>) => in0.max_axis::<1>();
    amax_2(in0: Rank3<3, 4, 2>) => in0.max_axis::<2>();
    amin_0(in0: Rank3<3, 4, 2>) => in0.min_axis::<0>();
    amin_1(in0: Rank3<3, 4, 2>) => in0.min_axis::<1>();
    amin_2(in0: Rank3<3, 4, 2>) => in0.min_axis::<2>();
    var_0(in0: Rank3<3, 4, 2>) => in0.var_axis::<0>();
    var_1(in0: Rank3<3, 4, 2>) => in0.var_axis::<1>();
    var_2(in0: Rank3<3, 4, 2>) => in0.var_axis::<2>();
    std_0(in0: Rank3<3, 4, 2>) => in0.std_axis::<0>();
    std_1(in0: Rank3<3, 4, 2>) => in0.std_axis::<1>();
    std_2(in0: Rank3<3, 4, 2>) => in0.std_axis::<2>();
    cumsum_0(in0: Rank3<3, 4, 2>) => in0.cumsum::<0>();
    cumsum_1(in0: Rank3<3, 4, 2>) => in0.cumsum::<1>();
    cumsum_2(in0: Rank3<3, 4, 2>) => in0.cumsum::<2>();
    argmax_0(in0: Rank3<3, 4, 2>) => in0.argmax_axis::<0>();
    argmax_1(in0: Rank3<3, 4, 2>) => in0.argmax_axis::<1>();
    argmax_2(in0: Rank3<3, 4, 2>) => in0.argmax_axis::<2>();
    argmin_0(in0: Rank3<3, 4, 2>) => in0.argmin_axis::<0>();
    argmin_1(in0: Rank3<3, 4, 2>) => in0.argmin_axis::<1>();
    argmin_2(in0: Rank3<3, 4, 2>) => in0.argmin_axis::<2>();
}
