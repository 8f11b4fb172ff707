//! What a layer learns, by name.

use crate::autograd::Track;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use core::cell::Cell;
use core::fmt::Write;

/// A thing that holds parameters: a layer, a tuple or struct of layers, or a tensor by itself.
///
/// `#[derive(Module)]` implements it for a struct of such fields.
///
/// ```
/// use tintype::prelude::*;
/// let net = (Linear::<4, 32>::new(&mut StdRng::seed_from_u64(0)), ReLU, Linear::<32, 2>::new(&mut StdRng::seed_from_u64(1)));
/// assert_eq!(net.parameter_names(), ["0.weight", "0.bias", "2.weight", "2.bias"]);
/// assert_eq!(net.parameter_count(), 4 * 32 + 32 + 32 * 2 + 2);
///
/// type Net = (Linear<4, 32>, ReLU, Linear<32, 2>);
/// const _: () = assert!(Net::PARAMETERS == 226); // known when the program is compiled
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no layer",
    label = "neither a layer, nor a struct of layers, nor a tensor",
    note = "put `#[derive(Module)]` on a struct of layers, or `#[module(skip)]` on a field that is none; layers of one kind stand in an \
            array, `[Linear<8, 8>; 3]`, and up to 12 of any in a tuple"
)]
pub trait Parameters {
    /// The number of numbers in all parameters that a value of this type has: a constant, because shapes are types.
    ///
    /// (Where a value has fewer than its type, because an `Option` is `None` that could be `Some`, only
    /// [`parameter_count`](Parameters::parameter_count) knows. A [`WithoutBias`](super::WithoutBias) layer has a type that says so.)
    const PARAMETERS: usize;

    /// The number of those that learn: not those of frozen layers.
    const TRAINABLE: usize = Self::PARAMETERS;

    /// Shows every parameter to a visitor, in the order of the fields, under the name that PyTorch gives it.
    fn visit(&self, name: &mut Name, visitor: &mut impl Visitor);

    /// Shows every parameter to a visitor that may change it.
    fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut);

    /// [`visit`](Parameters::visit) under the name of a field, which is what a derived struct does of each.
    #[doc(hidden)]
    fn visit_field(&self, field: &str, name: &mut Name, visitor: &mut impl Visitor) {
        name.field(field, |name| self.visit(name, visitor));
    }

    /// The same of [`visit_mut`](Parameters::visit_mut).
    #[doc(hidden)]
    fn visit_field_mut(&mut self, field: &str, name: &mut Name, visitor: &mut impl VisitorMut) {
        name.field(field, |name| self.visit_mut(name, visitor));
    }

    /// The number of numbers in all parameters that are there. [`PARAMETERS`](Parameters::PARAMETERS) is the type's own.
    fn parameter_count(&self) -> usize {
        struct Count(usize);
        impl Visitor for Count {
            fn visit<S: Shape, E: Float, T: Track>(&mut self, _: &str, _: &Tensor<S, E, T>) {
                self.0 += S::NUMEL;
            }
        }
        let mut count = Count(0);
        self.visit(&mut Name::default(), &mut count);
        count.0
    }

    /// The names of all parameters, such as `conv1.weight`.
    #[doc(alias = "named_parameters")]
    fn parameter_names(&self) -> Vec<String> {
        struct Names(Vec<String>);
        impl Visitor for Names {
            fn visit<S: Shape, E: Float, T: Track>(&mut self, name: &str, _: &Tensor<S, E, T>) {
                self.0.push(name.to_owned());
            }
        }
        let mut names = Names(Vec::new());
        self.visit(&mut Name::default(), &mut names);
        names.0
    }
}

/// What looks at parameters.
pub trait Visitor {
    /// Called for each parameter.
    fn visit<S: Shape, E: Float, T: Track>(&mut self, name: &str, parameter: &Tensor<S, E, T>);

    /// Called for each tensor that a layer remembers and does not learn by gradients, such as a running mean: PyTorch's
    /// buffers. They are saved with the parameters; whoever looks at parameters alone has nothing to do here.
    fn visit_buffer<S: Shape, E: Float>(&mut self, _name: &str, _buffer: &Tensor<S, E>) {}
}

/// What changes parameters: an optimiser, a file that is read.
pub trait VisitorMut {
    /// Called for each parameter, which [`update`](Tensor::update) changes.
    fn visit<S: Shape, E: Float, T: Track>(&mut self, name: &str, parameter: &mut Tensor<S, E, T>);

    /// Called for each tensor that a layer remembers and does not learn by gradients.
    fn visit_buffer<S: Shape, E: Float>(&mut self, _name: &str, _buffer: &mut Tensor<S, E>) {}
}

/// The name of the place that a visit has come to: `conv1.weight`.
#[derive(Default)]
pub struct Name(String);

impl Name {
    /// Goes into a field for as long as `visit` runs.
    pub fn field(&mut self, field: &str, visit: impl FnOnce(&mut Name)) {
        let length = self.0.len();
        self.push(field);
        visit(self);
        self.0.truncate(length);
    }

    fn push(&mut self, field: &str) {
        if !self.0.is_empty() {
            self.0.push('.');
        }
        self.0.push_str(field);
    }

    /// Goes into a numbered layer for as long as `visit` runs.
    pub fn index(&mut self, index: usize, visit: impl FnOnce(&mut Name)) {
        let length = self.0.len();
        let dot = if length > 0 { "." } else { "" };
        write!(self.0, "{dot}{index}").expect("writing to a string does not fail");
        visit(self);
        self.0.truncate(length);
    }

    /// A visit that begins with an empty name, in the memory of the one before it: a steady loop of visits allocates nothing.
    pub(crate) fn reusing(visit: impl FnOnce(&mut Name)) {
        thread_local! {
            static LAST: Cell<String> = const { Cell::new(String::new()) };
        }
        let mut name = Name(LAST.take());
        name.0.clear();
        visit(&mut name);
        LAST.set(name.0);
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[diagnostic::do_not_recommend]
impl<S: Shape, E: Float, T: Track> Parameters for Tensor<S, E, T> {
    const PARAMETERS: usize = S::NUMEL;
    const TRAINABLE: usize = if T::TRACKED { S::NUMEL } else { 0 };
    fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
        visitor.visit(name.as_str(), self);
    }
    fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
        visitor.visit(name.as_str(), self);
    }
}

#[diagnostic::do_not_recommend]
impl<P: Parameters> Parameters for Option<P> {
    const PARAMETERS: usize = P::PARAMETERS;
    const TRAINABLE: usize = P::TRAINABLE;
    fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
        if let Some(parameters) = self {
            parameters.visit(name, visitor);
        }
    }
    fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
        if let Some(parameters) = self {
            parameters.visit_mut(name, visitor);
        }
    }
}

#[diagnostic::do_not_recommend]
impl<P: Parameters> Parameters for Box<P> {
    const PARAMETERS: usize = P::PARAMETERS;
    const TRAINABLE: usize = P::TRAINABLE;
    fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
        (**self).visit(name, visitor);
    }
    fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
        (**self).visit_mut(name, visitor);
    }
}

/// Implements [`Parameters`] and [`Stateful`](super::Stateful) for layers that learn nothing: `ReLU;`, or with their parameters
/// `MaxPool1d<[K] S P D>;`, numbers first.
macro_rules! without_parameters {
    ($($layer:ident $(<[$($number:ident)*] $($kind:ident)*>)?;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl $(<$(const $number: usize,)* $($kind),*>)? crate::nn::Parameters for $layer $(<$($number,)* $($kind),*>)? {
            const PARAMETERS: usize = 0;
            fn visit(&self, _: &mut crate::nn::Name, _: &mut impl crate::nn::Visitor) {}
            fn visit_mut(&mut self, _: &mut crate::nn::Name, _: &mut impl crate::nn::VisitorMut) {}
        }
        impl $(<$(const $number: usize,)* $($kind),*>)? crate::nn::Stateful for $layer $(<$($number,)* $($kind),*>)? {
            type In<State: crate::autograd::Track> = Self;
            fn into_state<State: crate::autograd::Track>(self) -> Self {
                self
            }
            fn from_frozen(frozen: Self) -> Self {
                frozen
            }
        }
    )* };
}
pub(super) use without_parameters;

/// Implements [`Parameters`], [`Stateful`](super::Stateful) and `Clone` for a layer whose fields are parameters and, at the end and
/// in braces, plain values:
///
/// ```text
/// impl[const V: usize, const D: usize, E: Float, T: Track] Embedding[V D E; T;];
/// weight = V * D;
/// ```
///
/// `T` is the state, between what stands before it and what stands behind it. The bias of a layer that may have none is `bias by B`,
/// with the parameter that says whether it has. After the names is how many numbers all of them are.
macro_rules! with_parameters {
    (
        impl[$($generic:tt)*] $layer:ident[$($before:ident)*; $state:ident; $($after:ident)*];
        $($parameter:ident $(by $spec:ident)?),+ = $numbers:expr; $({ $($value:ident),* })?
    ) => {
        #[diagnostic::do_not_recommend]
        impl<$($generic)*> crate::nn::Parameters for $layer<$($before,)* $state, $($after),*> {
            const PARAMETERS: usize = $numbers;
            const TRAINABLE: usize = if $state::TRACKED { Self::PARAMETERS } else { 0 };
            fn visit(&self, name: &mut crate::nn::Name, visitor: &mut impl crate::nn::Visitor) {
                $(name.field(stringify!($parameter), |name| self.$parameter.visit(name, visitor));)+
            }
            fn visit_mut(&mut self, name: &mut crate::nn::Name, visitor: &mut impl crate::nn::VisitorMut) {
                $(name.field(stringify!($parameter), |name| self.$parameter.visit_mut(name, visitor));)+
            }
        }

        impl<$($generic)*> crate::nn::Stateful for $layer<$($before,)* $state, $($after),*> {
            type In<State: crate::autograd::Track> = $layer<$($before,)* State, $($after),*>;
            fn into_state<State: crate::autograd::Track>(self) -> Self::In<State> {
                $layer {
                    $($parameter: with_parameters!(@into_state self.$parameter $(, $spec)?),)+
                    $($($value: self.$value,)*)?
                }
            }
            fn from_frozen(frozen: Self::In<crate::autograd::Untracked>) -> Self {
                frozen.into_state()
            }
        }

        impl<$($generic)*> Clone for $layer<$($before,)* $state, $($after),*> {
            /// A copy with weights of its own, which are new leaves: PyTorch's `copy.deepcopy`.
            fn clone(&self) -> Self {
                let shared = $layer {
                    $($parameter: self.$parameter.clone(),)+
                    $($($value: self.$value,)*)?
                };
                crate::nn::Stateful::into_state(shared)
            }
        }
    };
    (@into_state $parameter:expr) => {
        crate::nn::Stateful::into_state($parameter)
    };
    (@into_state $bias:expr, $spec:ident) => {
        $bias.map($spec::into_state)
    };
}
pub(super) use with_parameters;
