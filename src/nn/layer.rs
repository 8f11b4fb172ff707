//! What the fields of a derived struct are.

use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::stateful::Stateful;
use super::summary::Rows;
use crate::autograd::{Track, Untracked};
use crate::tensor::Float;

/// A field of a struct with `#[derive(Module)]`: a thing with [`Parameters`] that is [`Stateful`].
///
/// Nobody implements it, since every type that implements these two has it. The derive asks for this one trait, so that rustc
/// has one thing to say, at the field, of a field that is no layer. (Those two traits say it in the same words, on purpose: where
/// rustc comes upon one of them instead, it shows one of two errors that are alike.)
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no layer",
    label = "neither a layer, nor a struct of layers, nor a tensor",
    note = "put `#[derive(Module)]` on a struct of layers, or `#[module(skip)]` on a field that is none; layers of one kind stand in an \
            array, `[Linear<8, 8>; 3]`, and up to 12 of any in a tuple"
)]
pub trait Layer: Sized {
    /// [`Parameters::PARAMETERS`].
    const PARAMETERS: usize;
    /// [`Parameters::TRAINABLE`].
    const TRAINABLE: usize;
    /// [`Stateful::In`].
    type In<T: Track>;
    /// The same, frozen. (A type of its own, since of `In` rustc would say what is missing of what stands in an `Option` or a tuple.)
    type Frozen;
    /// [`Parameters::visit`], under the name of a field.
    fn visit_field(&self, field: &str, name: &mut Name, visitor: &mut impl Visitor);
    /// [`Parameters::visit_mut`], under the name of a field.
    fn visit_field_mut(&mut self, field: &str, name: &mut Name, visitor: &mut impl VisitorMut);
    /// [`Stateful::into_state`].
    fn into_state<T: Track>(self) -> Self::In<T>;
    /// [`Stateful::freeze`]. (Under another name, or in generic code rustc would propose this trait for that method.)
    fn frozen(self) -> Self::Frozen;
    /// [`Stateful::from_frozen`].
    fn from_frozen(frozen: Self::Frozen) -> Self;
    /// The same, as the field of the struct in that state.
    fn into_field<T: Track, Field>(self) -> Field
    where
        Self::In<T>: StateOf<Field>,
    {
        self.into_state::<T>().field()
    }
    /// [`Rows::part`].
    fn row(rows: &mut Rows, name: &str);
}

#[diagnostic::do_not_recommend]
impl<F, L: Parameters + Stateful<In<Untracked> = F>> Layer for L {
    const PARAMETERS: usize = <L as Parameters>::PARAMETERS;
    const TRAINABLE: usize = <L as Parameters>::TRAINABLE;
    type In<T: Track> = <L as Stateful>::In<T>;
    type Frozen = F;
    fn visit_field(&self, field: &str, name: &mut Name, visitor: &mut impl Visitor) {
        Parameters::visit_field(self, field, name, visitor);
    }
    fn visit_field_mut(&mut self, field: &str, name: &mut Name, visitor: &mut impl VisitorMut) {
        Parameters::visit_field_mut(self, field, name, visitor);
    }
    fn into_state<T: Track>(self) -> <L as Stateful>::In<T> {
        Stateful::into_state::<T>(self)
    }
    fn frozen(self) -> F {
        Stateful::freeze(self)
    }
    fn from_frozen(frozen: F) -> L {
        Stateful::from_frozen(frozen)
    }
    fn row(rows: &mut Rows, name: &str) {
        rows.part::<L>(name);
    }
}

/// That a layer in the state of its struct is what the `Field` of that struct is then: the same type.
///
/// (A trait for what is no more than that two types are one, for rustc to say in words where they are not.)
#[diagnostic::on_unimplemented(
    message = "a field of type `{Field}` does not have the state of its struct, `T: Track`, and would not freeze with it",
    label = "the type of this field has no `T` in it",
    note = "for a layer or a tensor that freezes with the struct, which has a parameter `T: Track = Tracked`, write `In<{Field}, T>`; a \
            struct of layers takes such a parameter of its own, `Block<T>`",
    note = "on a field that stays as it is, such as a constant, put `#[module(skip)]`"
)]
pub trait StateOf<Field> {
    /// The layer itself.
    fn field(self) -> Field;
}
#[diagnostic::do_not_recommend]
impl<L> StateOf<L> for L {
    fn field(self) -> L {
        self
    }
}
/// Nobody has it. With two types to choose from, rustc waits for the type of the field.
#[diagnostic::do_not_recommend]
impl<L> StateOf<(L, TakenForGiven)> for L {
    fn field(self) -> (L, TakenForGiven) {
        unreachable!("no field has this type")
    }
}

/// In a condition that is known to hold, for rustc to take it for given nevertheless and to look no further. (It does so where the
/// condition depends on something. This type has a lifetime of its own, which for rustc is enough.)
#[doc(hidden)]
pub type TakenForGiven = for<'any> fn(&'any ());

/// A layer that the layer `L` is when it is frozen.
///
/// (It is asked of the fields of the frozen twin of a derived struct, all at once: see `#[derive(Module)]`.)
#[doc(hidden)]
pub trait FrozenFrom<L>: Parameters + Stateful {
    /// Freezes it.
    fn frozen(layer: L) -> Self;
    /// Lets it learn again.
    fn learn(self) -> L;
}

#[diagnostic::do_not_recommend]
impl<L: Layer<Frozen = F>, F: Parameters + Stateful> FrozenFrom<L> for F {
    fn frozen(layer: L) -> F {
        layer.frozen()
    }
    fn learn(self) -> L {
        L::from_frozen(self)
    }
}

/// The element type of a layer's weights: `f32` or `f64`. Every [`Float`] is one, so that code which is generic over it asks for that.
///
/// (Apart from it for its words: what is no such number is here, most often, the state of the layer.)
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the element type of a layer: `f32` or `f64`",
    label = "expected `f32` or `f64`, found `{Self}`",
    note = "the state of a layer comes behind its element type: write `In<Linear<8, 2>, T>`, which is `Linear<8, 2, f32, T>`"
)]
pub trait LayerElement: Float {}
#[diagnostic::do_not_recommend]
impl<E: Float> LayerElement for E {}
