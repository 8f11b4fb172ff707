//! Layers one after the other: tuples, and what structs with `#[module(sequence)]` are made of.

use super::{Direct, Input};
use crate::kernels::Vector;
use crate::kernels::small::Instructions;
use crate::kernels::zeroed::Zeroed;
use crate::nn::Name;
use crate::nn::sequence::for_tuples_of_layers;
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
    #[doc(hidden)]
    fn layer(&self) -> &Self::Layer;
    #[doc(hidden)]
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

/// A layer at its place in a sequence, which is for rustc to name the layer before it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be run without a graph on an input of the shape `{S}` with `{E}` entries",
    label = "does not run directly on `{S}`",
    note = "the layers that can are listed in `tintype::nn::direct`; each takes what the one before it gives, the first the input"
)]
pub trait Placed<P, S: Shape, E: Float> {
    type Output: Shape;
    type Layer: Direct<S, E, Output = Self::Output>;
    fn layer(&self) -> &Self::Layer;
    fn layer_mut(&mut self) -> &mut Self::Layer;
}
/// The place of the first layer.
#[doc(hidden)]
pub struct First;
/// The place after the layer `Before`.
#[doc(hidden)]
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
#[doc(hidden)]
pub trait RunsThrough<L: List, E: Float, P = First>: Shape {
    type Output: Shape;
    type Saved: Zeroed;
    type Gradients: Zeroed;
    const LEARNS: bool;

    fn compute<V: Vector<E>>(
        layers: L::References<'_>,
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        saved: &mut Self::Saved,
        training: bool,
    );
    fn differentiate<V: Vector<E>>(
        layers: L::References<'_>,
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        saved: &mut Self::Saved,
        gradients: &mut Self::Gradients,
    );
    fn learn(
        layers: L::ReferencesMut<'_>,
        names: L::Names,
        gradients: &Self::Gradients,
        name: &mut Name,
        change: &mut impl FnMut(&str, &mut [E], &[E]),
    );
}

/// A list `(A, (B, (C,)))`, how it is lent, and the names of what it holds.
#[doc(hidden)]
pub trait List {
    type First;
    type References<'a>: Copy
    where
        Self: 'a;
    type ReferencesMut<'a>
    where
        Self: 'a;
    type Names: Copy;
}

impl<L> List for (L,) {
    type First = L;
    type References<'a>
        = (&'a L,)
    where
        Self: 'a;
    type ReferencesMut<'a>
        = (&'a mut L,)
    where
        Self: 'a;
    type Names = (&'static str,);
}

impl<L, R: List> List for (L, R) {
    type First = L;
    type References<'a>
        = (&'a L, R::References<'a>)
    where
        Self: 'a;
    type ReferencesMut<'a>
        = (&'a mut L, R::ReferencesMut<'a>)
    where
        Self: 'a;
    type Names = (&'static str, R::Names);
}

/// The last layer.
impl<S: Shape, Y: Shape, E: Float, P, L> RunsThrough<(L,), E, P> for S
where
    L: Placed<P, S, E, Output = Y>,
{
    type Output = Y;
    type Saved = <L::Layer as Direct<S, E>>::Saved;
    type Gradients = <L::Layer as Direct<S, E>>::Gradients;
    const LEARNS: bool = L::Layer::LEARNS;

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
        names: (&'static str,),
        gradients: &Self::Gradients,
        name: &mut Name,
        change: &mut impl FnMut(&str, &mut [E], &[E]),
    ) {
        name.field(names.0, |name| L::layer_mut(layers.0).learn(gradients, name, change));
    }
}

/// A layer and those after it.
impl<S: Shape, Y: Shape, Z: Shape, E: Float, P, L, R: List> RunsThrough<(L, R), E, P> for S
where
    L: Placed<P, S, E, Output = Y>,
    Y: RunsThrough<R, E, After<L>, Output = Z>,
{
    type Output = Z;
    type Saved = (<L::Layer as Direct<S, E>>::Saved, Place<Y, E>, Y::Saved);
    type Gradients = (<L::Layer as Direct<S, E>>::Gradients, Y::Gradients);
    const LEARNS: bool = L::Layer::LEARNS || Y::LEARNS;

    #[inline(always)]
    fn compute<V: Vector<E>>(
        (first, others): (&L, R::References<'_>),
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        (saved, between, of_others): &mut Self::Saved,
        training: bool,
    ) {
        L::layer(first).compute(on, x, between.entries_mut(), saved, training);
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
        if !L::Layer::LEARNS && matches!(x, Input::Constant(_)) {
            let constant = Input::Constant(between.entries());
            return Y::differentiate(others, on, constant, dy, of_others, &mut gradients.1);
        }
        let replaced = Input::Replaced(between.entries_mut());
        Y::differentiate(others, on, replaced, dy, of_others, &mut gradients.1);
        L::layer(first).differentiate(on, x, between.entries(), saved, &mut gradients.0);
    }

    fn learn(
        (first, others): (&mut L, R::ReferencesMut<'_>),
        names: (&'static str, R::Names),
        gradients: &Self::Gradients,
        name: &mut Name,
        change: &mut impl FnMut(&str, &mut [E], &[E]),
    ) {
        name.field(names.0, |name| L::layer_mut(first).learn(&gradients.0, name, change));
        Y::learn(others, names.1, &gradients.1, name, change);
    }
}

/// A tuple of layers, or a struct of them with `#[module(sequence)]`: lends its layers as a list.
///
/// (Its message is for a single layer, which is no sequence and takes no such input.)
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be run without a graph on this input",
    label = "does not run directly on this",
    note = "the layers that can are listed in `tintype::nn::direct`; each takes what the one before it gives, the first the input"
)]
pub trait DirectSequence {
    type Layers: List;
    const NAMES: <Self::Layers as List>::Names;
    fn layers<'a>(&'a self) -> <Self::Layers as List>::References<'a>
    where
        Self::Layers: 'a;
    fn layers_mut<'a>(&'a mut self) -> <Self::Layers as List>::ReferencesMut<'a>
    where
        Self::Layers: 'a;
}

impl<S, E: Float, N: DirectSequence> Direct<S, E> for N
where
    S: RunsThrough<N::Layers, E>,
{
    type Output = <S as RunsThrough<N::Layers, E>>::Output;
    type Saved = <S as RunsThrough<N::Layers, E>>::Saved;
    type Gradients = <S as RunsThrough<N::Layers, E>>::Gradients;
    const LEARNS: bool = <S as RunsThrough<N::Layers, E>>::LEARNS;

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

/// `__layers!(a b c)` is `(a, (b, (c,)))`.
#[doc(hidden)]
#[macro_export]
macro_rules! __layers {
    ($last:tt) => { ($last,) };
    ($first:tt $($others:tt)+) => { ($first, $crate::__layers!($($others)+)) };
}
/// The same of types.
macro_rules! list_of_types {
    ($last:ident) => { ($last,) };
    ($first:ident $($others:ident)+) => { ($first, list_of_types!($($others)+)) };
}

/// The items of [`DirectSequence`] for a struct whose fields, of these names, are the list of layers.
#[doc(hidden)]
#[macro_export]
macro_rules! __direct_sequence {
    ($list:ty, [$($member:tt)*] [$($name:tt)*]) => {
        type Layers = $list;
        const NAMES: <$list as $crate::nn::direct::List>::Names = $crate::__layers!($($name)*);
        #[inline(always)]
        fn layers<'a>(&'a self) -> <$list as $crate::nn::direct::List>::References<'a>
        where
            $list: 'a,
        {
            $crate::__layers!($((&self.$member))*)
        }
        #[inline(always)]
        fn layers_mut<'a>(&'a mut self) -> <$list as $crate::nn::direct::List>::ReferencesMut<'a>
        where
            $list: 'a,
        {
            $crate::__layers!($((&mut self.$member))*)
        }
    };
}

macro_rules! tuples {
    ($(($first:ident $(, $layer:ident $before:ident $earlier:ident $from:ident $to:ident $i:tt)*) -> $last:ident $last_input:ident $out:ident;)*) => { $(
        impl<$first, $($layer),*> DirectSequence for ($first, $($layer,)*) {
            __direct_sequence!(list_of_types!($first $($layer)*), [0 $($i)*] ["0" $((stringify!($i)))*]);
        }
    )* };
}

for_tuples_of_layers!(tuples);
