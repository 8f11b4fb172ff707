//! What each layer says of itself.

use super::inspect::{Inspect, Rows, ShownThrough};
use super::outputs::Outputs;
use crate::autograd::Track;
use crate::dim::{Dim, Dimension, Heads};
use crate::nn::list::list_of_types;
use crate::nn::sequence::for_tuples_of_layers;
use crate::nn::{
    AvgPool1d, AvgPool2d, BatchNorm1d, BatchNorm2d, BiasSpec, Conv1d, Conv2d, Dropout, Embedding, Flatten, GELU,
    GELUTanh, GlobalAvgPool2d, GroupSpec, Identity, LayerNorm, LeakyReLU, Linear, MaxPool1d, MaxPool2d, Module,
    MultiheadAttention, Parameters, ReLU, Residual, RmsNorm, SiLU, Sigmoid, Tanh,
};
use crate::tensor::{Float, Tensor};

/// Layers of which nothing is counted, with their parameters: numbers first.
macro_rules! nothing_counted {
    ($($layer:ident $(<[$($number:ident)*] $($kind:ident $(: $bound:ident)?)*>)?;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<X, $($(const $number: usize,)* $($kind $(: $bound)?),*)?> Inspect<X> for $layer $(<$($number,)* $($kind),*>)? {
            fn inspect(_: &mut Rows) {}
        }
    )* };
}
nothing_counted! {
    ReLU;
    GELU;
    GELUTanh;
    SiLU;
    Tanh;
    Sigmoid;
    LeakyReLU;
    Identity;
    Flatten;
    GlobalAvgPool2d;
    MaxPool1d<[K] S P D>;
    MaxPool2d<[KH KW] S P D>;
    AvgPool1d<[K] S P>;
    AvgPool2d<[KH KW] S P>;
    Dropout<[] T: Track>;
    BatchNorm1d<[C] E: Float T: Track>;
    BatchNorm2d<[C] E: Float T: Track>;
    LayerNorm<[N] E: Float T: Track>;
    RmsNorm<[N] E: Float T: Track>;
    Embedding<[V D] E: Float T: Track>;
}

#[diagnostic::do_not_recommend]
impl<X, const I: usize, const O: usize, E: Float, T: Track, B: BiasSpec> Inspect<X> for Linear<I, O, E, T, B> {
    fn inspect(rows: &mut Rows) {
        rows.multiply_adds_per_entry(I);
    }
}

macro_rules! convolutions {
    ($($layer:ident<$($kernel:ident),+>;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<X, const I: usize, const O: usize, $(const $kernel: usize,)+ S, P, D, G, E, T, B> Inspect<X>
            for $layer<I, O, $($kernel,)+ S, P, D, G, E, T, B>
        where
            G: GroupSpec<I, O>,
            E: Float,
            T: Track,
            B: BiasSpec,
        {
            fn inspect(rows: &mut Rows) {
                rows.multiply_adds_per_entry(G::Inputs::N $(* $kernel)+);
            }
        }
    )* };
}
convolutions! {
    Conv1d<K>;
    Conv2d<KH, KW>;
}

#[diagnostic::do_not_recommend]
impl<B, S, const D: usize, const HEADS: usize, M, E, A, T> Inspect<Tensor<(B, S, Dim<D>), E, A>>
    for MultiheadAttention<D, HEADS, M, E, T>
where
    Dim<D>: Heads<HEADS>,
    B: Dimension,
    S: Dimension,
    E: Float,
    A: Track,
    T: Track,
{
    fn inspect(rows: &mut Rows) {
        let projections = 4 * S::N * D * D;
        let scores = 2 * S::N * S::N * D;
        rows.multiply_adds(B::N * (projections + scores));
    }
}

/// The layers inside, in the place of the connection, as in the names of parameters.
#[diagnostic::do_not_recommend]
impl<X, L: Inspect<X>> Inspect<X> for Residual<L> {
    fn inspect(rows: &mut Rows) {
        L::inspect(rows);
    }
}

#[diagnostic::do_not_recommend]
impl<X, L: Module<X, Output: Outputs> + Inspect<X> + Parameters, const N: usize> Inspect<X> for [L; N] {
    fn inspect(rows: &mut Rows) {
        for i in 0..N {
            rows.layer::<L, X>(&i.to_string());
        }
    }
}

#[diagnostic::do_not_recommend]
impl<X, L: Inspect<X>> Inspect<X> for Box<L> {
    fn inspect(rows: &mut Rows) {
        L::inspect(rows);
    }
}

macro_rules! sequences {
    ($(($first:ident $(, $layer:ident $before:ident $earlier:ident $from:ident $to:ident $i:tt)*) -> $last:ident $last_input:ident $out:ident;)*) => { $(
        impl<X, $first, $($layer),*> Inspect<X> for ($first, $($layer,)*)
        where
            X: ShownThrough<list_of_types!($first $($layer)*)>,
        {
            fn inspect(rows: &mut Rows) {
                X::rows(rows, &["0", $(stringify!($i)),*]);
            }
        }
    )* };
}
for_tuples_of_layers!(sequences);
