//! Products of matrices and vectors.

use crate::harness::oracles;
use tintype::prelude::*;

oracles! {
    "linalg" without [bilinear, embedding];
    dot(in0: Rank1<5>, in1: Rank1<5>) => in0.dot(&in1);
    mv(in0: Rank2<3, 4>, in1: Rank1<4>) => in0.matmul(&in1);
    vm(in0: Rank1<3>, in1: Rank2<3, 4>) => in0.matmul(&in1);
    mm(in0: Rank2<3, 4>, in1: Rank2<4, 5>) => in0.matmul(&in1);
    bmm(in0: Rank3<2, 3, 4>, in1: Rank3<2, 4, 5>) => in0.matmul(&in1);
    matmul_4d(in0: Rank4<2, 3, 4, 5>, in1: Rank4<2, 3, 5, 2>) => in0.matmul(&in1);
    matmul_broadcast(in0: Rank3<2, 3, 4>, in1: Rank2<4, 5>) => in0.matmul(&in1);
    outer(in0: Rank1<3>, in1: Rank1<4>) => in0.unsqueeze::<1>().matmul(&in1.unsqueeze::<0>());
    linear(in0: Rank2<4, 5>, weight: Rank2<3, 5>, bias: Rank1<3>) => in0.linear(&weight, Some(&bias));
    linear_nobias(in0: Rank2<4, 5>, weight: Rank2<3, 5>) => in0.linear(&weight, None);
    linear_3d(in0: Rank3<2, 4, 5>, weight: Rank2<3, 5>, bias: Rank1<3>) => in0.linear(&weight, Some(&bias));
    einsum_bij_bjk(in0: Rank3<2, 3, 4>, in1: Rank3<2, 4, 5>) => in0.matmul(&in1);
}
