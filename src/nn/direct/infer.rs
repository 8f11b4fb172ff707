//! A network in use.

use super::{Direct, Values};
use crate::kernels::Vector;
use crate::kernels::small::{Instructions, Program, run};
use crate::kernels::zeroed::Zeroed;
use crate::shape::Shape;
use crate::tensor::{Float, Place};
use core::marker::PhantomData;

/// The method `infer`, which every type has: it compiles where the type runs [directly](super) on the input.
pub trait Infer {
    /// The network's output for an input, without a graph and, in small networks, without an allocation.
    ///
    /// Takes a nested array or a tensor and gives a nested array. Dropout is the identity here, whatever the layer's state.
    ///
    /// What stands between the layers is on the stack if it is at most 64 KiB, and otherwise on the heap for the time of the
    /// call: a network as large as that rather runs in a [`Workspace`](super::Workspace). So does one whose output is more than the stack can hold, as the output is an
    /// array.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let mut rng = StdRng::seed_from_u64(0);
    /// let net = (Linear::<4, 32>::new(&mut rng), ReLU, Linear::<32, 2>::new(&mut rng));
    /// let action: [f32; 2] = net.infer(&[0.1, -0.2, 0.3, 0.0]);
    /// let of_three: [[f32; 2]; 3] = net.infer(&[[0.1, -0.2, 0.3, 0.0]; 3]);
    /// assert_eq!(of_three[2], net.forward(&tensor([[0.1, -0.2, 0.3, 0.0]; 3])).array()[2]);
    /// ```
    #[inline]
    #[doc(alias = "inference_mode")]
    fn infer<X: Values + ?Sized, Y: Shape>(&self, x: &X) -> Y::Array<X::Element>
    where
        Self: Direct<X::Shape, X::Element, Output = Y>,
    {
        let between = size_of::<<Self as Direct<X::Shape, X::Element>>::Saved>();
        let y: Place<Y, X::Element> = if between <= ON_STACK {
            on_stack::<X::Shape, _, _>(self, x.entries())
        } else {
            on_heap::<X::Shape, _, _>(self, x.entries())
        };
        *y.array()
    }
}
impl<L: ?Sized> Infer for L {}

/// Bytes that one call may put on the stack.
const ON_STACK: usize = 64 << 10;

fn on_stack<S: Shape, E: Float, L: Direct<S, E> + ?Sized>(layers: &L, x: &[E]) -> Place<L::Output, E> {
    run(OnStack::<S, E, L> {
        layers,
        x,
        shape: PhantomData,
    })
}

fn on_heap<S: Shape, E: Float, L: Direct<S, E> + ?Sized>(layers: &L, x: &[E]) -> Place<L::Output, E> {
    let mut y = Place::zeroed();
    run(Computed::<S, E, L> {
        layers,
        x,
        y: &mut y,
        saved: &mut L::Saved::zeroed_box(),
    });
    y
}

/// The way forward, not in training. What stands between the layers is the program's own, so that it need not leave the
/// registers.
struct OnStack<'a, S, E, L: ?Sized> {
    layers: &'a L,
    x: &'a [E],
    shape: PhantomData<S>,
}

impl<S: Shape, E: Float, L: Direct<S, E> + ?Sized> Program<E> for OnStack<'_, S, E, L> {
    type Output = Place<L::Output, E>;

    #[inline(always)]
    fn run<V: Vector<E>>(self, on: Instructions<E, V>) -> Self::Output {
        let (mut y, mut saved) = (Place::<L::Output, E>::zeroed(), L::Saved::zeroed());
        self.layers.compute(on, self.x, y.entries_mut(), &mut saved, false);
        y
    }
}

/// The same in memory that is given.
pub(super) struct Computed<'a, S: Shape, E: Float, L: Direct<S, E> + ?Sized> {
    pub layers: &'a L,
    pub x: &'a [E],
    pub y: &'a mut Place<L::Output, E>,
    pub saved: &'a mut L::Saved,
}

impl<S: Shape, E: Float, L: Direct<S, E> + ?Sized> Program<E> for Computed<'_, S, E, L> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<E>>(self, on: Instructions<E, V>) {
        self.layers.compute(on, self.x, self.y.entries_mut(), self.saved, false);
    }
}
