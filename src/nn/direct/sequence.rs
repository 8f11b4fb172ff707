//! Layers one after the other, without a graph.

use super::{Direct, Input};
use crate::kernels::Vector;
use crate::kernels::small::Instructions;
use crate::kernels::zeroed::Zeroed;
use crate::nn::Name;
use crate::nn::list::{List, Sequence};
use crate::shape::Shape;
use crate::tensor::{Float, Place};
use core::marker::PhantomData;

/// A layer that runs directly on what the layer `Before` gives.
#[diagnostic::on_unimplemented(
    message = "these layers do not meet: `{Before}` gives the shape `{S}`, and `{Self}` cannot be run without a graph on it",
    label = "two layers in here do not meet",
    note = "make the second take what the first gives; between images and a `Linear` goes a `Flatten`",
    note = "`tintype::nn::direct` lists the layers that can be run without a graph"
)]
pub trait FollowsDirectly<Before, S: Shape, E: Float> {
    /// What it gives.
    type Output: Shape;
    /// The layer itself.
    type Layer: Direct<S, E, Output = Self::Output>;
    /// The layer itself.
    fn layer(&self) -> &Self::Layer;
    /// The layer itself, to change it.
    fn layer_mut(&mut self) -> &mut Self::Layer;
}
#[diagnostic::do_not_recommend]
impl<Before, S: Shape, Y: Shape, E: Float, L: Direct<S, E, Output = Y>> FollowsDirectly<Before, S, E> for L {
    type Output = Y;
    type Layer = L;
    #[inline(always)]
    fn layer(&self) -> &L {
        self
    }
    #[inline(always)]
    fn layer_mut(&mut self) -> &mut L {
        self
    }
}

/// A layer at its place in a sequence, [`First`] or [`After`] another, for rustc to name the one before it.
///
/// (That what it gives is a condition, `Output = Y`, here and in what follows, is for rustc too: where it has a condition to name it
/// says which layers do not meet, and of a type that it computes only that the last of them does not fit.)
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be run without a graph on an input of the shape `{S}` with `{E}` entries",
    label = "does not run directly on `{S}` with `{E}` entries",
    note = "the layers that can are listed in `tintype::nn::direct`; each takes what the one before it gives, the first the input, \
            and all take entries of their own type: `Linear<I, O>` takes `f32`, `Linear<I, O, f64>` takes `f64`"
)]
pub trait Placed<P, S: Shape, E: Float> {
    /// What it gives.
    type Output: Shape;
    /// The layer itself.
    type Layer: Direct<S, E, Output = Self::Output>;
    /// The layer itself.
    fn layer(&self) -> &Self::Layer;
    /// The layer itself, to change it.
    fn layer_mut(&mut self) -> &mut Self::Layer;
}
/// The place of the first layer.
pub struct First;
/// The place after the layer `Before`.
pub struct After<Before>(PhantomData<Before>);

#[diagnostic::do_not_recommend]
impl<S: Shape, Y: Shape, E: Float, L: Direct<S, E, Output = Y>> Placed<First, S, E> for L {
    type Output = Y;
    type Layer = L;
    #[inline(always)]
    fn layer(&self) -> &L {
        self
    }
    #[inline(always)]
    fn layer_mut(&mut self) -> &mut L {
        self
    }
}

impl<Before, S: Shape, Y: Shape, E: Float, L: FollowsDirectly<Before, S, E, Output = Y>> Placed<After<Before>, S, E>
    for L
{
    type Output = Y;
    type Layer = L::Layer;
    #[inline(always)]
    fn layer(&self) -> &L::Layer {
        FollowsDirectly::layer(self)
    }
    #[inline(always)]
    fn layer_mut(&mut self) -> &mut L::Layer {
        FollowsDirectly::layer_mut(self)
    }
}

/// A shape that runs through a list of layers, `(A, (B, (C,)))`, each of which takes what the one before it gives: written once, for
/// tuples and derived structs of any length. (Why it is a trait of the input, [`PassesThrough`](crate::nn::PassesThrough) says.)
///
/// What stands between two layers on the way forward, the output of the one, is on the way back replaced by its gradient.
pub trait RunsThrough<L: List, E: Float, P = First>: Shape {
    /// The shape of what the last layer gives.
    type Output: Shape;
    #[doc(hidden)]
    type Saved: Zeroed;
    #[doc(hidden)]
    type Gradients: Zeroed;
    #[doc(hidden)]
    const LEARNS: bool;
    #[doc(hidden)]
    const LAYERS: usize;

    #[doc(hidden)]
    fn compute<V: Vector<E>>(
        layers: L::References<'_>,
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        saved: &mut Self::Saved,
        training: bool,
    );
    #[doc(hidden)]
    fn differentiate<V: Vector<E>>(
        layers: L::References<'_>,
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        saved: &mut Self::Saved,
        gradients: &mut Self::Gradients,
    );
    #[doc(hidden)]
    fn learn(
        layers: L::ReferencesMut<'_>,
        names: &[&str],
        gradients: &Self::Gradients,
        name: &mut Name,
        change: &mut impl FnMut(&str, &mut [E], &[E]),
    );
}

/// The last layers of a sequence, so many, are compiled as one function: that is fast, but the more there is in one function the
/// longer it takes to compile and the more stack it needs. Each layer before them is a function of its own.
const TOGETHER: usize = 8;

#[inline(always)]
fn compute_apart<S: Shape, E: Float, V: Vector<E>, L: Direct<S, E>>(
    layer: &L,
    on: Instructions<E, V>,
    x: &[E],
    y: &mut [E],
    saved: &mut L::Saved,
    training: bool,
) {
    on.apart(
        #[inline(always)]
        || layer.compute(on, x, y, saved, training),
    );
}

#[inline(always)]
fn differentiate_apart<S: Shape, E: Float, V: Vector<E>, L: Direct<S, E>>(
    layer: &L,
    on: Instructions<E, V>,
    x: Input<E>,
    dy: &[E],
    saved: &mut L::Saved,
    gradients: &mut L::Gradients,
) {
    on.apart(
        #[inline(always)]
        || layer.differentiate(on, x, dy, saved, gradients),
    );
}

/// The last layer.
impl<S: Shape, Y: Shape, E: Float, P, L> RunsThrough<(L,), E, P> for S
where
    L: Placed<P, S, E, Output = Y> + 'static,
{
    type Output = Y;
    type Saved = <L::Layer as Direct<S, E>>::Saved;
    type Gradients = <L::Layer as Direct<S, E>>::Gradients;
    const LEARNS: bool = L::Layer::LEARNS;
    const LAYERS: usize = L::Layer::LAYERS;

    #[inline(always)]
    fn compute<V: Vector<E>>(
        layers: (&L,),
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        saved: &mut Self::Saved,
        training: bool,
    ) {
        L::layer(layers.0).compute(on, x, y, saved, training);
    }

    #[inline(always)]
    fn differentiate<V: Vector<E>>(
        layers: (&L,),
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        saved: &mut Self::Saved,
        gradients: &mut Self::Gradients,
    ) {
        L::layer(layers.0).differentiate(on, x, dy, saved, gradients);
    }

    fn learn(
        layers: (&mut L,),
        names: &[&str],
        gradients: &Self::Gradients,
        name: &mut Name,
        change: &mut impl FnMut(&str, &mut [E], &[E]),
    ) {
        name.field(names[0], |name| L::layer_mut(layers.0).learn(gradients, name, change));
    }
}

/// A layer and those after it.
impl<S: Shape, Y: Shape, Z: Shape, E: Float, P, L, R: List> RunsThrough<(L, R), E, P> for S
where
    L: Placed<P, S, E, Output = Y> + 'static,
    Y: RunsThrough<R, E, After<L>, Output = Z>,
{
    type Output = Z;
    type Saved = (<L::Layer as Direct<S, E>>::Saved, Place<Y, E>, Y::Saved);
    type Gradients = (<L::Layer as Direct<S, E>>::Gradients, Y::Gradients);
    const LEARNS: bool = L::Layer::LEARNS || Y::LEARNS;
    const LAYERS: usize = L::Layer::LAYERS + Y::LAYERS;

    #[inline(always)]
    fn compute<V: Vector<E>>(
        (first, others): (&L, R::References<'_>),
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        (saved, between, of_others): &mut Self::Saved,
        training: bool,
    ) {
        let (layer, y_of_first) = (L::layer(first), between.entries_mut());
        if const { L::Layer::LAYERS + Y::LAYERS <= TOGETHER } {
            layer.compute(on, x, y_of_first, saved, training);
        } else {
            compute_apart(layer, on, x, y_of_first, saved, training);
        }
        Y::compute(others, on, between.entries(), y, of_others, training);
    }

    #[inline(always)]
    fn differentiate<V: Vector<E>>(
        (first, others): (&L, R::References<'_>),
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        (saved, between, of_others): &mut Self::Saved,
        gradients: &mut Self::Gradients,
    ) {
        // (One call of those after it, whatever is wanted: two would be four of those after the next, and so on.)
        let needs_none = !L::Layer::LEARNS && matches!(x, Input::Constant(_));
        let input = if needs_none {
            Input::Constant(between.entries())
        } else {
            Input::Replaced(between.entries_mut())
        };
        Y::differentiate(others, on, input, dy, of_others, &mut gradients.1);
        if needs_none {
            return;
        }
        let (layer, dy_of_first) = (L::layer(first), between.entries());
        if const { L::Layer::LAYERS + Y::LAYERS <= TOGETHER } {
            layer.differentiate(on, x, dy_of_first, saved, &mut gradients.0);
        } else {
            differentiate_apart(layer, on, x, dy_of_first, saved, &mut gradients.0);
        }
    }

    fn learn(
        (first, others): (&mut L, R::ReferencesMut<'_>),
        names: &[&str],
        gradients: &Self::Gradients,
        name: &mut Name,
        change: &mut impl FnMut(&str, &mut [E], &[E]),
    ) {
        name.field(names[0], |name| L::layer_mut(first).learn(&gradients.0, name, change));
        Y::learn(others, &names[1..], &gradients.1, name, change);
    }
}

impl<S, E: Float, N: Sequence> Direct<S, E> for N
where
    S: RunsThrough<N::List, E>,
{
    type Output = <S as RunsThrough<N::List, E>>::Output;
    type Saved = <S as RunsThrough<N::List, E>>::Saved;
    type Gradients = <S as RunsThrough<N::List, E>>::Gradients;
    const LEARNS: bool = <S as RunsThrough<N::List, E>>::LEARNS;
    const LAYERS: usize = <S as RunsThrough<N::List, E>>::LAYERS;

    #[inline(always)]
    fn compute<V: Vector<E>>(
        &self,
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        saved: &mut Self::Saved,
        training: bool,
    ) {
        S::compute(self.layers(), on, x, y, saved, training);
    }

    #[inline(always)]
    fn differentiate<V: Vector<E>>(
        &self,
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        saved: &mut Self::Saved,
        gradients: &mut Self::Gradients,
    ) {
        S::differentiate(self.layers(), on, x, dy, saved, gradients);
    }

    fn learn(&mut self, gradients: &Self::Gradients, name: &mut Name, change: &mut impl FnMut(&str, &mut [E], &[E])) {
        S::learn(self.layers_mut(), N::NAMES, gradients, name, change);
    }
}
