//! One differentiable operation: what it computes, what it saves, its derivative.

use super::backward::Sweep;
use super::graph::{Edge, Operation};
use super::state::{Join, Track, Untracked, record::Record};
use crate::shape::Shape;
use crate::tensor::{Element, Float, Tensor};

/// A differentiable operation on the tensors `I`: one tensor, a tuple of up to six, or an array of tensors of one type.
///
/// The crate's own operations and a user's are written the same way. The types force what PyTorch checks when `backward` runs:
/// one gradient comes in for each output and one goes out for each input, in order and in the input's shape.
///
/// This one doubles a tensor and, on the way back, its gradient:
///
/// ```
/// use tintype::prelude::*;
///
/// struct Double;
///
/// impl<S: Shape, A: Track> Function<Tensor<S, f32, A>> for Double {
///     const NAME: &'static str = "Double";
///     type Output = Tensor<S>;
///     type Saved = ();
///     fn forward(&self, x: Tensor<S>) -> (Tensor<S>, ()) {
///         (x * 2.0, ())
///     }
///     fn backward<G: Track>(&self, _: &(), gradient: Tensor<S, f32, G>) -> A::When<Tensor<S, f32, G>> {
///         A::when(|| gradient * 2.0)
///     }
/// }
///
/// let x = tensor([1.0, 2.0]).requires_grad();
/// let y = Double.apply(&x);
/// assert_eq!(y.grad_fn().unwrap().to_string(), "<DoubleBackward>");
/// assert_eq!(y.sum().backward()[&x].array(), &[2.0, 2.0]);
/// ```
///
/// * The states of the inputs (`A` above) are the implementation's own parameters, and [`A::When<T>`](Track::When) is `T` for a
///   tracked input and `()` for an untracked one: a gradient that nobody asks for is neither computed nor has what it needs
///   saved. An implementation for `Tracked` inputs alone may write the plain types.
/// * The state `G` of the gradients is generic, so that the formula, written in tensor operations, can be recorded itself.
#[diagnostic::on_unimplemented(
    message = "the function `{Self}` cannot be applied to `{I}`",
    label = "not the inputs that this function takes"
)]
pub trait Function<I: Inputs>: Sized + Send + Sync + 'static {
    /// The name in the graph: `Sub` is shown as `<SubBackward>`.
    const NAME: &'static str;
    /// An untracked tensor, or a tuple of them.
    type Output: Outputs;
    /// What the backward function needs from the forward function.
    type Saved: Send + Sync + 'static;

    /// Computes the outputs from the inputs' values, and what to save. An owned input that nothing else shares may be
    /// overwritten: operations on it do so by themselves.
    fn forward(&self, inputs: I::Values) -> (Self::Output, Self::Saved);

    /// Computes the gradient of each tracked input from the gradient of each output.
    fn backward<G: Track>(&self, saved: &Self::Saved, gradients: <Self::Output as Outputs>::With<G>)
    -> I::Gradients<G>;

    /// Runs the function, and leaves a node in the graph if an input is tracked.
    ///
    /// Takes tensors or references to them: `MyAdd.apply((&x, &y))`.
    fn apply<A: TakenAs<I>>(self, inputs: A) -> <Self::Output as Outputs>::With<I::State> {
        let (values, edges) = inputs.taken().split();
        let (output, saved) = self.forward(values);
        let link = I::State::link(|| Operation::new(self, saved, edges));
        output.attach::<I::State>(link)
    }
}

/// What a [`Function`] takes: a tensor, a tuple of tensors, each in a state of its own, or an array of tensors of one type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the input of a function",
    label = "expected a tensor, or a tuple of up to six"
)]
pub trait Inputs: Sized + 'static {
    /// The same tensors, untracked.
    type Values;
    /// The state of the outputs: tracked if an input is.
    type State: Track;
    /// A gradient, in state `G`, for each tracked input, and `()` for each other.
    type Gradients<G: Track>;
    /// The inputs' places in the graph.
    #[doc(hidden)]
    type Edges: Send + Sync + 'static;
    #[doc(hidden)]
    fn split(self) -> (Self::Values, Self::Edges);
    #[doc(hidden)]
    fn visit<'a>(edges: &'a Self::Edges, visit: &mut dyn FnMut(&'a Edge));
    #[doc(hidden)]
    fn release(edges: Self::Edges, into: &mut Vec<Edge>);
    #[doc(hidden)]
    fn deliver<'g>(edges: &'g Self::Edges, gradients: Self::Gradients<Untracked>, sweep: &mut Sweep<'g>);
}

/// What a [`Function`] gives: an untracked tensor, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the output of a function",
    label = "expected an untracked tensor of f32 or f64, or a tuple of up to six"
)]
pub trait Outputs: Sized {
    /// The same tensors in state `G`: as results, and as gradients.
    type With<G: Track>;
    /// The shape of the first output.
    #[doc(hidden)]
    const SHAPE: &'static [usize];
    #[doc(hidden)]
    fn attach<G: Track>(self, link: G::Link) -> Self::With<G>;
    #[doc(hidden)]
    fn collect(node: u64, sweep: &mut Sweep<'_>) -> Self::With<Untracked>;
}

/// What [`Function::apply`] is called with: tensors or references to tensors.
pub trait Arguments {
    /// The tensors.
    type Inputs: Inputs;
    /// Clones what is borrowed, which is O(1).
    fn into_inputs(self) -> Self::Inputs;
}

/// Arguments that are the inputs `I` of a function.
#[diagnostic::on_unimplemented(
    message = "this function cannot be applied to `{Self}`",
    label = "expected `{I}`, owned or borrowed",
    note = "the function says which tensors it takes in `impl Function<…> for …`: how many, their shapes, element types and states"
)]
pub trait TakenAs<I: Inputs> {
    /// The inputs.
    fn taken(self) -> I;
}
#[diagnostic::do_not_recommend]
impl<I: Inputs, A: Arguments<Inputs = I>> TakenAs<I> for A {
    fn taken(self) -> I {
        self.into_inputs()
    }
}

impl<S: Shape, E: Element, A: Track> Inputs for Tensor<S, E, A> {
    type Values = Tensor<S, E>;
    type State = A;
    type Gradients<G: Track> = A::When<Tensor<S, E, G>>;
    type Edges = A::Edge;
    fn split(self) -> (Tensor<S, E>, A::Edge) {
        let (storage, edge) = self.into_parts();
        (Tensor::from_storage(storage), edge)
    }
    fn visit<'a>(edge: &'a A::Edge, visit: &mut dyn FnMut(&'a Edge)) {
        A::as_edge(edge).into_iter().for_each(visit);
    }
    fn release(edge: A::Edge, into: &mut Vec<Edge>) {
        A::release(edge, into);
    }
    fn deliver<'g>(edge: &'g A::Edge, gradient: A::When<Tensor<S, E>>, sweep: &mut Sweep<'g>) {
        A::deliver(edge, gradient, sweep);
    }
}

impl<S: Shape, E: Float> Outputs for Tensor<S, E> {
    type With<G: Track> = Tensor<S, E, G>;
    const SHAPE: &'static [usize] = S::DIMS;
    fn attach<G: Track>(self, link: G::Link) -> Tensor<S, E, G> {
        Tensor::from_parts(self.storage, G::only_edge(link))
    }
    fn collect(node: u64, sweep: &mut Sweep<'_>) -> Tensor<S, E> {
        sweep.take(node, 0)
    }
}

/// The output of a function that only moves its inputs' entries, which may be of any type.
///
/// It is tracked where the inputs are, and a tensor of integers or of `bool` never is: no other function has such outputs, and no
/// leaf is one. (A user's function cannot give integers for tracked inputs.)
pub(crate) struct Moved<S: Shape, E: Element>(pub(crate) Tensor<S, E>);

#[diagnostic::do_not_recommend]
impl<S: Shape, E: Element> Outputs for Moved<S, E> {
    type With<G: Track> = Tensor<S, E, G>;
    const SHAPE: &'static [usize] = S::DIMS;
    fn attach<G: Track>(self, link: G::Link) -> Tensor<S, E, G> {
        Tensor::from_parts(self.0.storage, G::only_edge(link))
    }
    fn collect(node: u64, sweep: &mut Sweep<'_>) -> Tensor<S, E> {
        sweep.take(node, 0)
    }
}

impl<S: Shape, E: Element, A: Track> Arguments for Tensor<S, E, A> {
    type Inputs = Tensor<S, E, A>;
    fn into_inputs(self) -> Tensor<S, E, A> {
        self
    }
}

impl<S: Shape, E: Element, A: Track> Arguments for &Tensor<S, E, A> {
    type Inputs = Tensor<S, E, A>;
    fn into_inputs(self) -> Tensor<S, E, A> {
        self.clone()
    }
}

impl<S: Shape, E: Element, A: Track, const N: usize> Inputs for [Tensor<S, E, A>; N] {
    type Values = [Tensor<S, E>; N];
    type State = A;
    type Gradients<G: Track> = [A::When<Tensor<S, E, G>>; N];
    type Edges = [A::Edge; N];
    fn split(self) -> (Self::Values, Self::Edges) {
        let parts = self.map(Inputs::split);
        let edges = parts.each_ref().map(|(_, edge)| edge.clone());
        (parts.map(|(value, _)| value), edges)
    }
    fn visit<'a>(edges: &'a Self::Edges, visit: &mut dyn FnMut(&'a Edge)) {
        edges.iter().filter_map(A::as_edge).for_each(visit);
    }
    fn release(edges: Self::Edges, into: &mut Vec<Edge>) {
        edges.into_iter().for_each(|edge| A::release(edge, into));
    }
    fn deliver<'g>(edges: &'g Self::Edges, gradients: Self::Gradients<Untracked>, sweep: &mut Sweep<'g>) {
        for (edge, gradient) in edges.iter().zip(gradients) {
            A::deliver(edge, gradient, sweep);
        }
    }
}

impl<X: Arguments, const N: usize> Arguments for [X; N]
where
    [X::Inputs; N]: Inputs,
{
    type Inputs = [X::Inputs; N];
    fn into_inputs(self) -> Self::Inputs {
        self.map(Arguments::into_inputs)
    }
}

macro_rules! tuples {
    ($(
        ($($s:ident $e:ident $g:ident $a:ident $i:tt)*)
        joined as $state:ident where { $($bound:ty: Join<$next:ty> = $out:ident,)* }
    )*) => { $(
        impl<$($s: Shape, $e: Element, $g: Track,)* $($out: Track),*> Inputs for ($(Tensor<$s, $e, $g>,)*)
        where
            $($bound: Join<$next, Out = $out>,)*
        {
            type Values = ($(Tensor<$s, $e>,)*);
            type State = $state;
            type Gradients<G: Track> = ($($g::When<Tensor<$s, $e, G>>,)*);
            type Edges = ($($g::Edge,)*);
            fn split(self) -> (Self::Values, Self::Edges) {
                let parts = ($(self.$i.split(),)*);
                (($(parts.$i.0,)*), ($(parts.$i.1,)*))
            }
            fn visit<'a>(edges: &'a Self::Edges, visit: &mut dyn FnMut(&'a Edge)) {
                $( $g::as_edge(&edges.$i).into_iter().for_each(&mut *visit); )*
            }
            fn release(edges: Self::Edges, into: &mut Vec<Edge>) {
                $( $g::release(edges.$i, into); )*
            }
            fn deliver<'g>(edges: &'g Self::Edges, gradients: Self::Gradients<Untracked>, sweep: &mut Sweep<'g>) {
                $( $g::deliver(&edges.$i, gradients.$i, sweep); )*
            }
        }

        impl<$($s: Shape, $e: Float),*> Outputs for ($(Tensor<$s, $e>,)*) {
            type With<G: Track> = ($(Tensor<$s, $e, G>,)*);
            const SHAPE: &'static [usize] = S0::DIMS;
            fn attach<G: Track>(self, link: G::Link) -> Self::With<G> {
                ($(Tensor::from_parts(self.$i.storage, G::edge(&link, $i)),)*)
            }
            fn collect(node: u64, sweep: &mut Sweep<'_>) -> Self {
                ($(sweep.take(node, $i),)*)
            }
        }

        impl<$($a: Arguments),*> Arguments for ($($a,)*)
        where
            ($($a::Inputs,)*): Inputs,
        {
            type Inputs = ($($a::Inputs,)*);
            fn into_inputs(self) -> Self::Inputs {
                ($(self.$i.into_inputs(),)*)
            }
        }
    )* };
}
tuples! {
    (S0 E0 G0 A0 0  S1 E1 G1 A1 1)
        joined as J1 where { G0: Join<G1> = J1, }
    (S0 E0 G0 A0 0  S1 E1 G1 A1 1  S2 E2 G2 A2 2)
        joined as J2 where { G0: Join<G1> = J1, J1: Join<G2> = J2, }
    (S0 E0 G0 A0 0  S1 E1 G1 A1 1  S2 E2 G2 A2 2  S3 E3 G3 A3 3)
        joined as J3 where { G0: Join<G1> = J1, J1: Join<G2> = J2, J2: Join<G3> = J3, }
    (S0 E0 G0 A0 0  S1 E1 G1 A1 1  S2 E2 G2 A2 2  S3 E3 G3 A3 3  S4 E4 G4 A4 4)
        joined as J4 where { G0: Join<G1> = J1, J1: Join<G2> = J2, J2: Join<G3> = J3, J3: Join<G4> = J4, }
    (S0 E0 G0 A0 0  S1 E1 G1 A1 1  S2 E2 G2 A2 2  S3 E3 G3 A3 3  S4 E4 G4 A4 4  S5 E5 G5 A5 5)
        joined as J5 where {
            G0: Join<G1> = J1, J1: Join<G2> = J2, J2: Join<G3> = J3, J3: Join<G4> = J4, J4: Join<G5> = J5,
        }
}
