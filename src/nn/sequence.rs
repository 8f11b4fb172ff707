//! Tuples of layers: one after the other.

use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::stateful::Stateful;
use crate::autograd::{Track, Untracked};
use core::marker::PhantomData;

/// A layer that follows the layer `Before`, whose output `X` it takes. `From` is what `Before` made it of, for the message alone.
#[diagnostic::on_unimplemented(
    message = "these layers do not meet: `{Before}` gives `{X}`, and `{Self}` cannot take it",
    label = "two layers in here do not meet",
    note = "make the second take what the first gives; between images and a `Linear` goes a `Flatten`",
    note = "`{Before}` makes it of `{From}`",
    note = "of a size N a convolution or pooling leaves (N + 2·padding − dilation·(kernel − 1) − 1) / stride + 1, and `Flatten` leaves \
            the product of the sizes"
)]
pub trait Follows<Before, X, From> {
    /// What the layer gives.
    type Output;
    /// Computes it.
    fn after(&self, x: &X) -> Self::Output;
}

#[diagnostic::do_not_recommend]
impl<Before, X, From, L: Module<X>> Follows<Before, X, From> for L {
    type Output = L::Output;
    fn after(&self, x: &X) -> L::Output {
        self.apply(x)
    }
}

/// An input that passes through a tuple of layers, each of which takes what the one before it gives.
///
/// It is a trait of any type, apart from [`Module`], for the sake of the messages: rustc lists the types that implement the
/// trait that a program asks for, and twelve kinds of tuples would stand there. Marked not to be recommended they do not, but
/// of such an implementation rustc does not say which of its conditions failed, which is all that matters. It says that of
/// the `Output`, though, if it comes to it first; hence [`Meets`], one step further away than the output itself.
///
/// A struct of layers that follow one another passes an input through the tuple of its fields' types.
pub trait PassesThrough<L: Layers> {
    /// What the last layer gives.
    type Output;
    /// Computes it.
    fn pass<'a>(&self, layers: L::References<'a>) -> Self::Output
    where
        L: 'a;
}

/// The condition of a tuple's being a [`Module`] of an input.
pub trait Meets<L: Layers>: PassesThrough<L> {}
impl<X: PassesThrough<L>, L: Layers> Meets<L> for X {}

/// Layers that an input passes through, and how they are lent to it: those of a tuple one by one, since in a struct they do not
/// stand in a tuple.
pub trait Layers {
    /// The first layer.
    type First;
    /// References to the layers.
    type References<'a>
    where
        Self: 'a;
}

/// Layers `A` and, after them, layers `B`: a struct may have more than a tuple.
pub struct Chain<A, B>(PhantomData<(A, B)>);

impl<A: Layers, B: Layers> Layers for Chain<A, B> {
    type First = A::First;
    type References<'a>
        = (A::References<'a>, B::References<'a>)
    where
        Self: 'a;
}

/// Calls a macro with the tuples of one to twelve layers: of each layer but the first its name, the layer before it, what that takes
/// and gives, what it gives itself, and its place; then the last layer, what it takes, and what it gives.
macro_rules! for_tuples_of_layers {
    ($macro:ident) => {
        $macro! {
            (L0) -> L0 X Y0;
            (L0, L1 L0 X Y0 Y1 1) -> L1 Y0 Y1;
            (L0, L1 L0 X Y0 Y1 1, L2 L1 Y0 Y1 Y2 2) -> L2 Y1 Y2;
            (L0, L1 L0 X Y0 Y1 1, L2 L1 Y0 Y1 Y2 2, L3 L2 Y1 Y2 Y3 3) -> L3 Y2 Y3;
            (L0, L1 L0 X Y0 Y1 1, L2 L1 Y0 Y1 Y2 2, L3 L2 Y1 Y2 Y3 3, L4 L3 Y2 Y3 Y4 4) -> L4 Y3 Y4;
            (L0, L1 L0 X Y0 Y1 1, L2 L1 Y0 Y1 Y2 2, L3 L2 Y1 Y2 Y3 3, L4 L3 Y2 Y3 Y4 4, L5 L4 Y3 Y4 Y5 5) -> L5 Y4 Y5;
            (L0, L1 L0 X Y0 Y1 1, L2 L1 Y0 Y1 Y2 2, L3 L2 Y1 Y2 Y3 3, L4 L3 Y2 Y3 Y4 4, L5 L4 Y3 Y4 Y5 5, L6 L5 Y4 Y5 Y6 6) -> L6 Y5 Y6;
            (L0, L1 L0 X Y0 Y1 1, L2 L1 Y0 Y1 Y2 2, L3 L2 Y1 Y2 Y3 3, L4 L3 Y2 Y3 Y4 4, L5 L4 Y3 Y4 Y5 5, L6 L5 Y4 Y5 Y6 6, L7 L6 Y5 Y6 Y7 7) -> L7 Y6 Y7;
            (L0, L1 L0 X Y0 Y1 1, L2 L1 Y0 Y1 Y2 2, L3 L2 Y1 Y2 Y3 3, L4 L3 Y2 Y3 Y4 4, L5 L4 Y3 Y4 Y5 5, L6 L5 Y4 Y5 Y6 6, L7 L6 Y5 Y6 Y7 7, L8 L7 Y6 Y7 Y8 8) -> L8 Y7 Y8;
            (L0, L1 L0 X Y0 Y1 1, L2 L1 Y0 Y1 Y2 2, L3 L2 Y1 Y2 Y3 3, L4 L3 Y2 Y3 Y4 4, L5 L4 Y3 Y4 Y5 5, L6 L5 Y4 Y5 Y6 6, L7 L6 Y5 Y6 Y7 7, L8 L7 Y6 Y7 Y8 8, L9 L8 Y7 Y8 Y9 9) -> L9 Y8 Y9;
            (L0, L1 L0 X Y0 Y1 1, L2 L1 Y0 Y1 Y2 2, L3 L2 Y1 Y2 Y3 3, L4 L3 Y2 Y3 Y4 4, L5 L4 Y3 Y4 Y5 5, L6 L5 Y4 Y5 Y6 6, L7 L6 Y5 Y6 Y7 7, L8 L7 Y6 Y7 Y8 8, L9 L8 Y7 Y8 Y9 9, L10 L9 Y8 Y9 Y10 10) -> L10 Y9 Y10;
            (L0, L1 L0 X Y0 Y1 1, L2 L1 Y0 Y1 Y2 2, L3 L2 Y1 Y2 Y3 3, L4 L3 Y2 Y3 Y4 4, L5 L4 Y3 Y4 Y5 5, L6 L5 Y4 Y5 Y6 6, L7 L6 Y5 Y6 Y7 7, L8 L7 Y6 Y7 Y8 8, L9 L8 Y7 Y8 Y9 9, L10 L9 Y8 Y9 Y10 10, L11 L10 Y9 Y10 Y11 11) -> L11 Y10 Y11;
        }
    };
}
pub(super) use for_tuples_of_layers;

macro_rules! sequences {
    ($(($first:ident $(, $layer:ident $before:ident $earlier:ident $from:ident $to:ident $i:tt)*) -> $last:ident $last_input:ident $out:ident;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<X, $first, $($layer),*> Module<X> for ($first, $($layer,)*)
        where
            X: Meets<($first, $($layer,)*)>,
        {
            type Output = <X as PassesThrough<($first, $($layer,)*)>>::Output;
            fn apply(&self, x: &X) -> Self::Output {
                x.pass((&self.0, $(&self.$i,)*))
            }
        }

        impl<$first, $($layer),*> Layers for ($first, $($layer,)*) {
            type First = $first;
            type References<'a> = (&'a $first, $(&'a $layer,)*) where Self: 'a;
        }

        impl<X, Y0, $first, $($layer, $to),*> PassesThrough<($first, $($layer,)*)> for X
        where
            $first: Module<X, Output = Y0>,
            $($layer: Follows<$before, $from, $earlier, Output = $to>,)*
        {
            type Output = $out;
            fn pass<'a>(&self, layers: (&'a $first, $(&'a $layer,)*)) -> $out
            where
                ($first, $($layer,)*): 'a,
            {
                let y = layers.0.apply(self);
                $( let y = layers.$i.after(&y); )*
                y
            }
        }

        /// (Layer by layer, as the tuple itself: of what goes through the tuple rustc would compute each output once more.)
        impl<X, Y0, $first, $($layer, $to,)* Then: Layers> PassesThrough<Chain<($first, $($layer,)*), Then>> for X
        where
            $first: Module<X, Output = Y0>,
            $($layer: Follows<$before, $from, $earlier, Output = $to>,)*
            Then::First: Follows<$last, $out, $last_input>,
            $out: PassesThrough<Then>,
        {
            type Output = <$out as PassesThrough<Then>>::Output;
            fn pass<'a>(&self, (first, then): ((&'a $first, $(&'a $layer,)*), Then::References<'a>)) -> Self::Output
            where
                Chain<($first, $($layer,)*), Then>: 'a,
            {
                PassesThrough::<($first, $($layer,)*)>::pass(self, first).pass(then)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$first: Parameters, $($layer: Parameters),*> Parameters for ($first, $($layer,)*) {
            const PARAMETERS: usize = $first::PARAMETERS $(+ $layer::PARAMETERS)*;
            const TRAINABLE: usize = $first::TRAINABLE $(+ $layer::TRAINABLE)*;
            fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
                name.field("0", |name| self.0.visit(name, visitor));
                $( name.field(stringify!($i), |name| self.$i.visit(name, visitor)); )*
            }
            fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
                name.field("0", |name| self.0.visit_mut(name, visitor));
                $( name.field(stringify!($i), |name| self.$i.visit_mut(name, visitor)); )*
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$first: Stateful, $($layer: Stateful),*> Stateful for ($first, $($layer,)*) {
            type In<U: Track> = ($first::In<U>, $($layer::In<U>,)*);
            fn into_state<U: Track>(self) -> Self::In<U> {
                (self.0.into_state::<U>(), $(self.$i.into_state::<U>(),)*)
            }
            fn from_frozen(frozen: Self::In<Untracked>) -> Self {
                ($first::from_frozen(frozen.0), $($layer::from_frozen(frozen.$i),)*)
            }
        }
    )* };
}
for_tuples_of_layers!(sequences);

/// That a tuple of `LAYERS` layers is a layer. Of more than twelve none is, and nobody has this.
#[diagnostic::on_unimplemented(
    message = "a tuple of {LAYERS} layers is no layer: a tuple of at most 12 is",
    label = "{LAYERS} layers stand in one tuple here",
    note = "put layers that belong together into tuples of their own, `((a, b), (c, d))`, or all into a struct with `#[derive(Module)]` \
            and `#[module(sequence)]`, which has any number"
)]
pub trait SequenceOf<const LAYERS: usize> {
    /// What the last layer would give.
    type Output;
}

/// [`PassesThrough`] and [`Meets`] for such tuples.
pub trait PassesThroughMany<const LAYERS: usize> {
    /// What the last layer would give.
    type Output;
}
impl<X: SequenceOf<LAYERS>, const LAYERS: usize> PassesThroughMany<LAYERS> for X {
    type Output = X::Output;
}

/// The condition of such a tuple's being a [`Module`].
pub trait MeetsMany<const LAYERS: usize>: PassesThroughMany<LAYERS> {}
impl<X: PassesThroughMany<LAYERS>, const LAYERS: usize> MeetsMany<LAYERS> for X {}

/// Tuples that are too long, so that rustc says so.
macro_rules! too_long {
    ($($layer:ident)*;) => {};
    ($($layer:ident)*; $next:ident = $layers:literal $($others:tt)*) => {
        #[diagnostic::do_not_recommend]
        impl<X: MeetsMany<$layers>, $($layer,)* $next> Module<X> for ($($layer,)* $next,) {
            type Output = <X as PassesThroughMany<$layers>>::Output;
            fn apply(&self, _: &X) -> Self::Output {
                unreachable!("no input passes through so many")
            }
        }
        too_long!($($layer)* $next; $($others)*);
    };
}
too_long!(A B C D E F G H I J K L; M = 13 N = 14 O = 15 P = 16 Q = 17 R = 18 S = 19 T = 20);
