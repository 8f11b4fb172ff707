//! Running sums along one axis.

use super::reduction::axis;
use crate::autograd::{Function, Track};
use crate::kernels::{Axis, number, parallel};
use crate::shape::{HasAxis, Shape};
use crate::tensor::{Element, Float, Tensor};

/// The sums of each entry of a line and all before it, or, backwards, of each and all after it. Each is the other's derivative.
struct CumSum {
    axis: Axis,
    backwards: bool,
}

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for CumSum {
    const NAME: &'static str = "CumSum";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, mut x: Tensor<S, E>) -> (Tensor<S, E>, ()) {
        running_sums(self.axis, self.backwards, x.as_mut_slice());
        (x, ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let (axis, backwards) = (self.axis, !self.backwards);
            CumSum { axis, backwards }.apply(gradient)
        })
    }
}

/// Columns whose sums are kept at once.
const COLUMNS: usize = 256;

/// The sums so far are `f64` for every element type, as PyTorch's: those of a million `f32` would be off in the third digit.
fn running_sums<E: Float>(axis: Axis, backwards: bool, entries: &mut [E]) {
    let Axis { length, inner, .. } = axis;
    let block = length * inner;
    parallel::chunks(entries, block, block, |_, entries| {
        for block in entries.chunks_exact_mut(block) {
            match (inner, backwards) {
                (1, false) => sum_line(block.iter_mut()),
                (1, true) => sum_line(block.iter_mut().rev()),
                (_, false) => sum_rows(inner, || 0..length, block),
                (_, true) => sum_rows(inner, || (0..length).rev(), block),
            }
        }
    });
}

#[inline]
fn add<E: Float>(sum: &mut f64, entry: &mut E) {
    *sum += entry.to_f64().expect("f32 and f64 are numbers");
    *entry = number(*sum);
}

fn sum_line<'a, E: Float>(line: impl Iterator<Item = &'a mut E>) {
    let mut sum = 0.0;
    line.for_each(|entry| add(&mut sum, entry));
}

fn sum_rows<E: Float, I: Iterator<Item = usize>>(inner: usize, order: impl Fn() -> I, block: &mut [E]) {
    let mut sums = [0.0; COLUMNS];
    for first in (0..inner).step_by(COLUMNS) {
        let sums = &mut sums[..COLUMNS.min(inner - first)];
        sums.fill(0.0);
        for l in order() {
            let row = &mut block[l * inner + first..][..sums.len()];
            sums.iter_mut().zip(row).for_each(|(sum, entry)| add(sum, entry));
        }
    }
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The sums of each entry and all before it along axis `AXIS`: PyTorch's `x.cumsum(dim=AXIS)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// assert_eq!(tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).cumsum::<1>().array(), &[[1.0, 3.0, 6.0], [4.0, 9.0, 15.0]]);
    /// ```
    pub fn cumsum<const AXIS: usize>(&self) -> Self
    where
        E: Float,
        S: HasAxis<AXIS>,
    {
        CumSum {
            axis: axis::<S, AXIS>(),
            backwards: false,
        }
        .apply(self)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn gradients() {
        let x = Tensor2::<3, 2, f64>::from([[0.3, -1.2], [2.0, 0.7], [-0.4, 0.1]]);
        gradcheck(|x| x.cumsum::<0>(), x.clone()).unwrap();
        gradcheck(|x| x.cumsum::<1>(), x).unwrap();
    }

    #[test]
    fn many_entries_are_summed_accurately() {
        const COUNT: usize = if cfg!(miri) { 100 } else { 100_000 };
        let exact = |i: usize| (0.1_f32 as f64 * (i + 1) as f64) as f32;
        let error = |sum: f32, i: usize| (sum - exact(i)).abs() / exact(i);
        let line = Tensor1::<COUNT>::full(0.1).cumsum::<0>();
        assert!(line.array().iter().enumerate().all(|(i, &sum)| error(sum, i) < 1e-7));
        let x = Tensor2::<COUNT, 3>::full(0.1).requires_grad();
        let columns = x.cumsum::<0>();
        assert!(
            columns
                .array()
                .iter()
                .enumerate()
                .all(|(i, row)| row.iter().all(|&sum| error(sum, i) < 1e-7))
        );
        let gradients = (columns * 0.1).sum().backward();
        let backwards = gradients[&x].array().iter().rev().enumerate();
        assert!(
            backwards
                .flat_map(|(i, row)| row.map(|sum| (i, sum)))
                .all(|(i, sum)| error(sum, i) < 1e-7)
        );
    }

    #[test]
    fn more_columns_than_are_summed_at_once() {
        let x = Tensor3::<2, 3, 600>::from_fn(|i| (i % 7) as f32);
        let (x, sums) = (x.array(), x.cumsum::<1>());
        for (x, sums) in x.iter().zip(sums.array()) {
            for column in 0..600 {
                let [a, b, c] = [0, 1, 2].map(|l| x[l][column]);
                assert_eq!([0, 1, 2].map(|l| sums[l][column]), [a, a + b, a + b + c]);
            }
        }
    }

    #[test]
    fn the_tensor_itself_is_not_changed() {
        let x = tensor([1.0, 2.0]);
        assert_eq!(x.cumsum::<0>().array(), &[1.0, 3.0]);
        assert_eq!(x.array(), &[1.0, 2.0]);
        assert_eq!(Tensor2::<0, 3>::zeros().cumsum::<0>(), Tensor2::<0, 3>::zeros());
    }
}
