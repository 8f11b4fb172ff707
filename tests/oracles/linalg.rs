//! Products of matrices and vectors.

use crate::harness::{Indices as Recorded, oracles};
use tintype::prelude::*;

oracles! {
    "linalg" without [bilinear];
    dot(in0: Rank1<5>, in1: Rank1<5>) => in0.dot(&in1);
    mv(in0: Rank2<3, 4>, in1: Rank1<4>) => in0.matmul(&in1);
    vm(in0: Rank1<3>, in1: Rank2<3, 4>) => in0.matmul(&in1);
    mm(in0: Rank2<3, 4>, in1: Rank2<4, 5>) => in0.matmul(&in1);
    bmm(in0: Rank3<2, 3, 4>, in1: Rank3<2, 4, 5>) => in0.matmul(&in1);
    matmul_4d(in0: Rank4<2, 3, 4, 5>, in1: Rank4<2, 3, 5, 2>) => in0.matmul(&in1);
    matmul_broadcast(in0: Rank3<2, 3, 4>, in1: Rank2<4, 5>) => in0.matmul(&in1);
    outer(in0: Rank1<3>, in1: Rank1<4>) => in0.unsqueeze::<1>().matmul(&in1.unsqueeze::<0>());
    linear(in0: Rank2<4, 5>, weight: Rank2<3, 5>, bias: Rank1<3>)
        => (Linear::<5, 3, E> { weight, bias: Some(bias) }).forward(&in0);
    linear_nobias(in0: Rank2<4, 5>, weight: Rank2<3, 5>)
        => (Linear::<5, 3, E, Tracked, Unbiased> { weight, bias: None }).forward(&in0);
    linear_3d(in0: Rank3<2, 4, 5>, weight: Rank2<3, 5>, bias: Rank1<3>)
        => (Linear::<5, 3, E> { weight, bias: Some(bias) }).forward(&in0);
    embedding(in0: Recorded<Rank2<2, 4>>, weight: Rank2<7, 3>)
        => (Embedding::<7, 3, E> { weight }).forward(&Indices::try_from(in0).unwrap());
    einsum_bij_bjk(in0: Rank3<2, 3, 4>, in1: Rank3<2, 4, 5>) => in0.matmul(&in1);
}
