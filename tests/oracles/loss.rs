//! Losses.

use crate::harness::{Indices, oracles};
use tintype::prelude::*;

oracles! {
    "loss" without [
        l1, huber, smooth_l1, cross_entropy_smoothing, cross_entropy_probs, nll, bce, bce_logits, kl_div, hinge_embedding,
        cosine_embedding, triplet_margin, gaussian_nll, poisson_nll, cosine_similarity, pairwise_distance,
    ];
    mse(in0: Rank2<4, 5>, in1: Rank2<4, 5>) => in0.mse_loss(&in1);
    cross_entropy(in0: Rank2<4, 5>, in1: Indices<Rank1<4>>) => {
        in0.cross_entropy(&Labels::<4, 5>::try_from(*in1.array()).unwrap())
    };
}
