//! Arrays of layers, and connections around layers, without a graph.

use super::{Direct, Input};
use crate::kernels::Vector;
use crate::kernels::small::Instructions;
use crate::nn::{Name, Residual};
use crate::shape::Shape;
use crate::tensor::{Float, Place};

/// Each layer's input and what it saved. (The first one's input is the array's own, and its place stays empty.)
#[diagnostic::do_not_recommend]
impl<S: Shape, E: Float, L: Direct<S, E, Output = S>, const N: usize> Direct<S, E> for [L; N] {
    type Output = S;
    type Saved = [(Place<S, E>, L::Saved); N];
    type Gradients = [L::Gradients; N];
    const LEARNS: bool = N > 0 && L::LEARNS;
    const LAYERS: usize = L::LAYERS;

    #[inline(always)]
    fn compute<V: Vector<E>>(
        &self,
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        saved: &mut Self::Saved,
        training: bool,
    ) {
        y.copy_from_slice(x);
        for (i, layer) in self.iter().enumerate() {
            let (input, saved) = &mut saved[i];
            input.entries_mut().copy_from_slice(y);
            layer.compute(on, input.entries(), y, saved, training);
        }
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
        let mut after: Option<&Place<S, E>> = None;
        for ((layer, (input, saved)), gradients) in self.iter().zip(saved).zip(gradients).rev() {
            let dy = after.map_or(dy, Place::entries);
            layer.differentiate(on, Input::Replaced(input.entries_mut()), dy, saved, gradients);
            after = Some(input);
        }
        x.replace(|dx| dx.copy_from_slice(after.map_or(dy, Place::entries)));
    }

    fn learn(&mut self, gradients: &Self::Gradients, name: &mut Name, change: &mut impl FnMut(&str, &mut [E], &[E])) {
        for (i, (layer, gradients)) in self.iter_mut().zip(gradients).enumerate() {
            name.index(i, |name| layer.learn(gradients, name, change));
        }
    }
}

#[diagnostic::do_not_recommend]
impl<S: Shape, E: Float, L: Direct<S, E, Output = S>> Direct<S, E> for Residual<L> {
    type Output = S;
    type Saved = L::Saved;
    type Gradients = L::Gradients;
    const LEARNS: bool = L::LEARNS;
    const LAYERS: usize = L::LAYERS;

    #[inline(always)]
    fn compute<V: Vector<E>>(
        &self,
        on: Instructions<E, V>,
        x: &[E],
        y: &mut [E],
        saved: &mut L::Saved,
        training: bool,
    ) {
        self.0.compute(on, x, y, saved, training);
        on.zip_in_place(y, x, |y, x| y + x);
    }

    #[inline(always)]
    fn differentiate<V: Vector<E>>(
        &self,
        on: Instructions<E, V>,
        mut x: Input<E>,
        dy: &[E],
        saved: &mut L::Saved,
        gradients: &mut L::Gradients,
    ) {
        let inner = match &mut x {
            Input::Constant(x) => Input::Constant(x),
            Input::Replaced(x) => Input::Replaced(x),
        };
        self.0.differentiate(on, inner, dy, saved, gradients);
        x.replace(|dx| on.zip_in_place(dx, dy, |dx, dy| dx + dy));
    }

    fn learn(&mut self, gradients: &L::Gradients, name: &mut Name, change: &mut impl FnMut(&str, &mut [E], &[E])) {
        self.0.learn(gradients, name, change);
    }
}
