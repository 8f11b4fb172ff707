//! Layers one after the other: tuples, and what structs with `#[module(sequence)]` are made of.

use super::{Direct, Input};
use crate::kernels::Vector;
use crate::kernels::small::Instructions;
use crate::kernels::zeroed::Zeroed;
use crate::nn::Name;
use crate::nn::sequence::for_tuples_of_layers;
use crate::shape::Shape;
use crate::tensor::{Float, Place};

/// A layer that runs directly on what the layer `Before` gives.
#[diagnostic::on_unimplemented(
    message = "these layers do not meet: `{Before}` gives the shape `{S}`, and `{Self}` cannot be run without a graph on it",
    label = "two layers in here do not meet",
    note = "make the second take what the first gives; between images and a `Linear` goes a `Flatten`",
    note = "`tintype::nn::direct` lists the layers that can be run without a graph"
)]
pub trait FollowsDirectly<Before, S: Shape, E: Float>: Direct<S, E> {}
#[diagnostic::do_not_recommend]
impl<Before, S: Shape, E: Float, L: Direct<S, E>> FollowsDirectly<Before, S, E> for L {}

/// A list of layers that follow one another, `(A, (B, (C,)))`: written once, for tuples and derived structs of any length.
///
/// What stands between two layers on the way forward, the output of the one, is on the way back replaced by its gradient.
#[doc(hidden)]
pub trait Sequence<S: Shape, E: Float> {
    type Output: Shape;
    type Saved: Zeroed;
    type Gradients: Zeroed;
    const LEARNS: bool;
    /// References to the layers.
    type Layers<'a>: Copy
    where
        Self: 'a;
    /// References to the layers, to change them.
    type LayersMut<'a>
    where
        Self: 'a;
    /// The names of the layers.
    type Names: Copy;

    fn compute<V: Vector<E>>(
        layers: Self::Layers<'_>,
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        saved: &mut Self::Saved,
        training: bool,
    );
    fn differentiate<V: Vector<E>>(
        layers: Self::Layers<'_>,
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        saved: &mut Self::Saved,
        gradients: &mut Self::Gradients,
    );
    fn learn(
        layers: Self::LayersMut<'_>,
        names: Self::Names,
        gradients: &Self::Gradients,
        name: &mut Name,
        change: &mut impl FnMut(&str, &mut [E], &[E]),
    );
}

/// A [`Sequence`] whose first layer takes what the layer `Before` gives.
#[doc(hidden)]
pub trait Later<Before, S: Shape, E: Float>: Sequence<S, E> {}
#[diagnostic::do_not_recommend]
impl<Before, S: Shape, E: Float, L: FollowsDirectly<Before, S, E>> Later<Before, S, E> for (L,) {}
#[diagnostic::do_not_recommend]
impl<Before, S: Shape, E: Float, L: FollowsDirectly<Before, S, E>, R: Later<L, L::Output, E>> Later<Before, S, E>
    for (L, R)
{
}

/// The last layer.
impl<S: Shape, E: Float, L: Direct<S, E>> Sequence<S, E> for (L,) {
    type Output = L::Output;
    type Saved = L::Saved;
    type Gradients = L::Gradients;
    const LEARNS: bool = L::LEARNS;
    type Layers<'a>
        = (&'a L,)
    where
        Self: 'a;
    type LayersMut<'a>
        = (&'a mut L,)
    where
        Self: 'a;
    type Names = (&'static str,);

    #[inline(always)]
    fn compute<V: Vector<E>>(
        layers: (&L,),
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        saved: &mut L::Saved,
        training: bool,
    ) {
        layers.0.compute(on, x, y, saved, training);
    }

    #[inline(always)]
    fn differentiate<V: Vector<E>>(
        layers: (&L,),
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        saved: &mut L::Saved,
        gradients: &mut L::Gradients,
    ) {
        layers.0.differentiate(on, x, dy, saved, gradients);
    }

    fn learn(
        layers: (&mut L,),
        names: (&'static str,),
        gradients: &L::Gradients,
        name: &mut Name,
        change: &mut impl FnMut(&str, &mut [E], &[E]),
    ) {
        name.field(names.0, |name| layers.0.learn(gradients, name, change));
    }
}

/// A layer and those after it.
impl<S: Shape, E: Float, L: Direct<S, E>, R: Later<L, L::Output, E>> Sequence<S, E> for (L, R) {
    type Output = R::Output;
    type Saved = (L::Saved, Place<L::Output, E>, R::Saved);
    type Gradients = (L::Gradients, R::Gradients);
    const LEARNS: bool = L::LEARNS || R::LEARNS;
    type Layers<'a>
        = (&'a L, R::Layers<'a>)
    where
        Self: 'a;
    type LayersMut<'a>
        = (&'a mut L, R::LayersMut<'a>)
    where
        Self: 'a;
    type Names = (&'static str, R::Names);

    #[inline(always)]
    fn compute<V: Vector<E>>(
        (first, others): Self::Layers<'_>,
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        (saved, between, of_others): &mut Self::Saved,
        training: bool,
    ) {
        first.compute(on, x, between.entries_mut(), saved, training);
        R::compute(others, on, between.entries(), y, of_others, training);
    }

    #[inline(always)]
    fn differentiate<V: Vector<E>>(
        (first, others): Self::Layers<'_>,
        on: Instructions<E, V>,
        x: Input<E>,
        dy: &[E],
        (saved, between, of_others): &mut Self::Saved,
        gradients: &mut Self::Gradients,
    ) {
        if !L::LEARNS && matches!(x, Input::Constant(_)) {
            let constant = Input::Constant(between.entries());
            return R::differentiate(others, on, constant, dy, of_others, &mut gradients.1);
        }
        let replaced = Input::Replaced(between.entries_mut());
        R::differentiate(others, on, replaced, dy, of_others, &mut gradients.1);
        first.differentiate(on, x, between.entries(), saved, &mut gradients.0);
    }

    fn learn(
        (first, others): Self::LayersMut<'_>,
        names: Self::Names,
        gradients: &Self::Gradients,
        name: &mut Name,
        change: &mut impl FnMut(&str, &mut [E], &[E]),
    ) {
        name.field(names.0, |name| first.learn(&gradients.0, name, change));
        R::learn(others, names.1, &gradients.1, name, change);
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

/// The items of [`Direct`] for a struct whose fields, of these names, are the list of layers.
#[doc(hidden)]
#[macro_export]
macro_rules! __direct_by_list {
    ($list:ty, $e:ident, $s:ident, [$($member:tt)*] [$($name:tt)*]) => {
        type Output = <$list as $crate::nn::direct::Sequence<$s, $e>>::Output;
        type Saved = <$list as $crate::nn::direct::Sequence<$s, $e>>::Saved;
        type Gradients = <$list as $crate::nn::direct::Sequence<$s, $e>>::Gradients;
        const LEARNS: bool = <$list as $crate::nn::direct::Sequence<$s, $e>>::LEARNS;

        #[inline(always)]
        fn compute<V: $crate::nn::direct::written::Vector<$e>>(
            &self,
            on: $crate::nn::direct::written::Instructions<$e, V>,
            x: &[$e],
            y: &mut [$e],
            saved: &mut Self::Saved,
            training: bool,
        ) {
            let layers = $crate::__layers!($((&self.$member))*);
            <$list as $crate::nn::direct::Sequence<$s, $e>>::compute(layers, on, x, y, saved, training);
        }

        #[inline(always)]
        fn differentiate<V: $crate::nn::direct::written::Vector<$e>>(
            &self,
            on: $crate::nn::direct::written::Instructions<$e, V>,
            x: $crate::nn::direct::Input<$e>,
            dy: &[$e],
            saved: &mut Self::Saved,
            gradients: &mut Self::Gradients,
        ) {
            let layers = $crate::__layers!($((&self.$member))*);
            <$list as $crate::nn::direct::Sequence<$s, $e>>::differentiate(layers, on, x, dy, saved, gradients);
        }

        fn learn(
            &mut self,
            gradients: &Self::Gradients,
            name: &mut $crate::nn::Name,
            change: &mut impl FnMut(&str, &mut [$e], &[$e]),
        ) {
            let layers = $crate::__layers!($((&mut self.$member))*);
            let names = $crate::__layers!($($name)*);
            <$list as $crate::nn::direct::Sequence<$s, $e>>::learn(layers, names, gradients, name, change);
        }
    };
}

macro_rules! tuples {
    ($(($first:ident $(, $layer:ident $before:ident $earlier:ident $from:ident $to:ident $i:tt)*) -> $last:ident $last_input:ident $out:ident;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<S: Shape, Y0: Shape, E: Float, $first, $($layer, $to: Shape),*> Direct<S, E> for ($first, $($layer,)*)
        where
            $first: Direct<S, E, Output = Y0>,
            $($layer: FollowsDirectly<$before, $from, E, Output = $to>,)*
        {
            __direct_by_list!(list_of_types!($first $($layer)*), E, S, [0 $($i)*] ["0" $((stringify!($i)))*]);
        }
    )* };
}

for_tuples_of_layers!(tuples);
