//! Small work of sizes that the compiler knows.
//!
//! Everything here is inlined into a [`Program`], which is compiled for every instruction set as a whole, or in parts where it is
//! long: a network of a few thousand multiplications takes less time than the calls of kernels over slices would. Sizes are
//! ordinary arguments; where they are constants, the loops are unrolled and the remainders known. What is too large for that goes
//! to the kernels that are compiled once.

use super::simd::{Vector, VectorTask, with_vectors};
use super::{Axis, Kernels, MatMul, layout};
use core::marker::PhantomData;
use core::mem::MaybeUninit;

/// The proof that this processor has the instructions of the vectors `V`: only `run` makes it.
#[derive(Clone, Copy)]
pub struct Instructions<E, V>(PhantomData<(E, V)>);

/// What is compiled for every instruction set as a whole.
pub trait Program<E: Kernels> {
    /// What it gives back.
    type Output;

    /// The program; `#[inline(always)]`, and so is what it calls, so that it takes on the instructions.
    fn run<V: Vector<E>>(self, on: Instructions<E, V>) -> Self::Output;
}

/// Runs a program with the widest vectors that this processor has.
#[inline]
pub fn run<E: Kernels, P: Program<E>>(program: P) -> P::Output {
    struct Proven<P>(P);
    impl<E: Kernels, P: Program<E>> VectorTask<E> for Proven<P> {
        type Output = P::Output;

        #[inline(always)]
        unsafe fn run<V: Vector<E>>(self) -> P::Output {
            self.0.run(Instructions::<E, V>(PhantomData))
        }
    }
    with_vectors(Proven(program))
}

/// The sizes of a linear map of rows: `rows × inputs` to `rows × outputs` by a weight of `outputs × inputs`.
#[derive(Clone, Copy, Debug)]
pub struct LinearMap {
    pub rows: usize,
    pub inputs: usize,
    pub outputs: usize,
}

/// Entries of the largest weight that is small: it stays in the first-level cache beside what it is multiplied by.
const SMALL_WEIGHT: usize = 1 << 12;

/// The multiplications of the most work that is small. Above it, splitting it over threads may pay.
const SMALL_WORK: usize = 1 << 18;

impl LinearMap {
    #[inline(always)]
    const fn is_small(self) -> bool {
        self.inputs * self.outputs <= SMALL_WEIGHT && self.rows * self.inputs * self.outputs <= SMALL_WORK
    }

    #[inline(always)]
    fn check(self, x: usize, weight: usize, y: usize) {
        let LinearMap { rows, inputs, outputs } = self;
        assert!(x == rows * inputs && weight == outputs * inputs && y == rows * outputs);
    }
}

/// Rows from which on it pays to transpose a weight first.
const MANY_ROWS: usize = 4;

impl<E: Kernels, V: Vector<E>> Instructions<E, V> {
    /// Runs a part of a program, `#[inline(always)]`, as a function of its own.
    #[inline(always)]
    pub fn apart<R>(self, part: impl FnOnce() -> R) -> R {
        // SAFETY: the instructions are proven.
        unsafe { V::apart(part) }
    }

    /// `y = x weightᵀ + bias`.
    #[inline(always)]
    pub fn linear(self, sizes: LinearMap, x: &[E], weight: &[E], bias: Option<&[E]>, y: &mut [E]) {
        let LinearMap { rows, inputs, outputs } = sizes;
        sizes.check(x.len(), weight.len(), y.len());
        assert!(bias.is_none_or(|bias| bias.len() == outputs));
        if !sizes.is_small() {
            if let Some(bias) = bias {
                layout::repeat(1, rows, outputs, bias, y);
            }
            return E::matmul(
                MatMul::new(rows, inputs, outputs).transpose_b(),
                x,
                weight,
                y,
                bias.is_some(),
            );
        }
        if rows < MANY_ROWS {
            for row in 0..rows {
                let (x, y) = (&x[row * inputs..][..inputs], &mut y[row * outputs..][..outputs]);
                // SAFETY: the instructions are proven; the lengths are checked.
                unsafe { dots::<E, V>(x, weight, bias, y) };
            }
            return;
        }
        let mut transposed = [MaybeUninit::<E>::uninit(); SMALL_WEIGHT];
        // SAFETY: the instructions are proven; the lengths are checked, and the product reads what was transposed.
        unsafe {
            let transposed = transposed.as_mut_ptr().cast::<E>();
            transpose::<E, V>(outputs, inputs, weight.as_ptr(), transposed);
            Product {
                rows,
                terms: inputs,
                columns: outputs,
                a: x.as_ptr(),
                a_row: inputs,
                a_column: 1,
                b: transposed,
                start: bias.map(<[E]>::as_ptr),
                out: y.as_mut_ptr(),
            }
            .run::<V>();
        }
    }

    /// `dx = dy weight`.
    #[inline(always)]
    pub fn linear_input_gradient(self, sizes: LinearMap, weight: &[E], dy: &[E], dx: &mut [E]) {
        let LinearMap { rows, inputs, outputs } = sizes;
        sizes.check(dx.len(), weight.len(), dy.len());
        if !sizes.is_small() {
            return E::matmul(MatMul::new(rows, outputs, inputs), dy, weight, dx, false);
        }
        // SAFETY: the instructions are proven; the lengths are checked.
        unsafe {
            Product {
                rows,
                terms: outputs,
                columns: inputs,
                a: dy.as_ptr(),
                a_row: outputs,
                a_column: 1,
                b: weight.as_ptr(),
                start: None,
                out: dx.as_mut_ptr(),
            }
            .run::<V>();
        }
    }

    /// `dweight = dyᵀ x`.
    #[inline(always)]
    pub fn linear_weight_gradient(self, sizes: LinearMap, x: &[E], dy: &[E], dweight: &mut [E]) {
        let LinearMap { rows, inputs, outputs } = sizes;
        sizes.check(x.len(), dweight.len(), dy.len());
        if !sizes.is_small() {
            return E::matmul(MatMul::new(outputs, rows, inputs).transpose_a(), dy, x, dweight, false);
        }
        // SAFETY: the instructions are proven; the lengths are checked.
        unsafe {
            Product {
                rows: outputs,
                terms: rows,
                columns: inputs,
                a: dy.as_ptr(),
                a_row: 1,
                a_column: outputs,
                b: x.as_ptr(),
                start: None,
                out: dweight.as_mut_ptr(),
            }
            .run::<V>();
        }
    }

    /// `dbias`: the sum of the rows of `dy`.
    #[inline(always)]
    pub fn linear_bias_gradient(self, sizes: LinearMap, dy: &[E], dbias: &mut [E]) {
        let LinearMap { rows, outputs, .. } = sizes;
        assert!(dy.len() == rows * outputs && dbias.len() == outputs);
        if !sizes.is_small() {
            let axis = Axis {
                outer: 1,
                length: rows,
                inner: outputs,
            };
            return E::sum_axis(axis, dy, dbias);
        }
        // SAFETY: the instructions are proven; the lengths are checked, and the left side is one number over and over.
        unsafe {
            Product {
                rows: 1,
                terms: rows,
                columns: outputs,
                a: &E::one(),
                a_row: 0,
                a_column: 0,
                b: dy.as_ptr(),
                start: None,
                out: dbias.as_mut_ptr(),
            }
            .run::<V>();
        }
    }

    /// `y[i] = f(x[i])`.
    #[inline(always)]
    pub fn map(self, x: &[E], y: &mut [E], f: impl Fn(E) -> E) {
        assert_eq!(x.len(), y.len());
        y.iter_mut().zip(x).for_each(|(y, &x)| *y = f(x));
    }

    /// `a[i] = f(a[i], b[i])`.
    #[inline(always)]
    pub fn zip_in_place(self, a: &mut [E], b: &[E], f: impl Fn(E, E) -> E) {
        assert_eq!(a.len(), b.len());
        a.iter_mut().zip(b).for_each(|(a, &b)| *a = f(*a, b));
    }
}

/// Dot products of one row with as many rows of a weight at a time as hide the time that each addition takes.
const ABREAST: usize = 8;

/// One row mapped by a weight, as dot products.
///
/// # Safety
///
/// The processor must have the instructions of `V`; there must be as many rows of the weight as entries of `y`.
#[inline(always)]
unsafe fn dots<E: Kernels, V: Vector<E>>(x: &[E], weight: &[E], bias: Option<&[E]>, y: &mut [E]) {
    let mut o = 0;
    while o + ABREAST <= y.len() {
        let (start, y) = (bias.map(|bias| bias[o..][..ABREAST].as_ptr()), &mut y[o..][..ABREAST]);
        // SAFETY: the caller's; there are so many numbers.
        unsafe {
            V::store_totals(
                some_dots::<E, V, ABREAST>(x, &weight[o * x.len()..]),
                start,
                y.as_mut_ptr(),
            )
        };
        o += ABREAST;
    }
    while o < y.len() {
        // SAFETY: the caller's.
        let [sum] = unsafe { some_dots::<E, V, 1>(x, &weight[o * x.len()..]).map(|sums| sums.total()) };
        y[o] = sum + bias.map_or(E::zero(), |bias| bias[o]);
        o += 1;
    }
}

/// The first `N` of these dot products, the sum of the lanes of each.
///
/// # Safety
///
/// The processor must have the instructions of `V`.
#[inline(always)]
unsafe fn some_dots<E: Kernels, V: Vector<E>, const N: usize>(x: &[E], weight: &[E]) -> [V; N] {
    assert!(weight.len() >= N * x.len());
    // SAFETY: the caller's, and the length above.
    unsafe {
        let mut sums = [V::splat(E::zero()); N];
        let mut i = 0;
        while i < x.len() {
            let count = x.len() - i;
            let part = V::load_up_to(x.as_ptr().add(i), count);
            for (n, sum) in sums.iter_mut().enumerate() {
                *sum = V::load_up_to(weight.as_ptr().add(n * x.len() + i), count).mul_add(part, *sum);
            }
            i += V::LANES;
        }
        sums
    }
}

/// `to[c, r] = from[r, c]`.
///
/// # Safety
///
/// Both must hold `rows · columns` entries, and the processor have the instructions of `V`.
#[inline(always)]
unsafe fn transpose<E: Kernels, V: Vector<E>>(rows: usize, columns: usize, from: *const E, to: *mut E) {
    const SIDE: usize = 8;
    let in_squares = cfg!(target_arch = "x86_64") && V::LANES >= SIDE && size_of::<E>() == 4;
    let side = if in_squares { SIDE } else { usize::MAX };
    let (down, across) = (rows / side * side, columns / side * side);
    // SAFETY: the caller's; vectors of eight numbers of four bytes are those of AVX2, or longer.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        for r in (0..down).step_by(SIDE) {
            for c in (0..across).step_by(SIDE) {
                let (from, to) = (from.add(r * columns + c), to.add(c * rows + r));
                super::simd::transpose_eights(from.cast(), columns, to.cast(), rows);
            }
        }
        for r in 0..rows {
            for c in (if r < down { across } else { 0 })..columns {
                to.add(c * rows + r).write(from.add(r * columns + c).read());
            }
        }
    }
}

/// `out = a b`, or `out = start + a b` with the same start for every row.
struct Product<E> {
    rows: usize,
    terms: usize,
    columns: usize,
    a: *const E,
    /// From one row of `a` to the next.
    a_row: usize,
    /// From one column of `a` to the next.
    a_column: usize,
    /// `terms × columns`, row by row.
    b: *const E,
    start: Option<*const E>,
    /// `rows × columns`, row by row.
    out: *mut E,
}

impl<E: Kernels> Product<E> {
    /// # Safety
    ///
    /// The matrices must be as large as the sizes say, and the processor have the instructions of `V`.
    #[inline(always)]
    unsafe fn run<V: Vector<E>>(&self) {
        let most = if self.rows < 4 { 4 } else { 2 };
        let mut column = 0;
        while column < self.columns {
            let left = self.columns - column;
            let vectors = left.div_ceil(V::LANES).min(most);
            let last = left.min(vectors * V::LANES) - (vectors - 1) * V::LANES;
            // SAFETY: the caller's.
            unsafe {
                match vectors {
                    1 => self.run_columns::<V, 8, 1>(column, last),
                    2 => self.run_columns::<V, 4, 2>(column, last),
                    3 => self.run_columns::<V, 1, 3>(column, last),
                    _ => self.run_columns::<V, 1, 4>(column, last),
                }
            }
            column += vectors * V::LANES;
        }
    }

    /// `W` vectors of columns, of which the last has `last` lanes; `M` rows at a time.
    ///
    /// # Safety
    ///
    /// As for [`Product::run`].
    #[inline(always)]
    unsafe fn run_columns<V: Vector<E>, const M: usize, const W: usize>(&self, column: usize, last: usize) {
        let mut row = 0;
        // SAFETY: the caller's.
        unsafe {
            while row + M <= self.rows {
                self.tile::<V, M, W>(row, column, last);
                row += M;
            }
            while row < self.rows {
                self.tile::<V, 1, W>(row, column, last);
                row += 1;
            }
        }
    }

    /// `M` rows and `W` vectors of the result, held in registers.
    ///
    /// # Safety
    ///
    /// As for [`Product::run`].
    #[inline(always)]
    unsafe fn tile<V: Vector<E>, const M: usize, const W: usize>(&self, row: usize, column: usize, last: usize) {
        let count = |w: usize| if w + 1 == W { last } else { V::LANES };
        // SAFETY: the caller's.
        unsafe {
            let vectors = |from: *const E| -> [V; W] {
                core::array::from_fn(|w| V::load_up_to(from.add(column + w * V::LANES), count(w)))
            };
            let start = self.start.map_or([V::splat(E::zero()); W], vectors);
            let mut sums = [start; M];
            let a = self.a.add(row * self.a_row);
            for term in 0..self.terms {
                let b = vectors(self.b.add(term * self.columns));
                for (m, sums) in sums.iter_mut().enumerate() {
                    let a = V::splat(*a.add(m * self.a_row + term * self.a_column));
                    for (sum, &b) in sums.iter_mut().zip(&b) {
                        *sum = a.mul_add(b, *sum);
                    }
                }
            }
            for (m, sums) in sums.iter().enumerate() {
                let out = self.out.add((row + m) * self.columns + column);
                for (w, sum) in sums.iter().enumerate() {
                    sum.store_up_to(out.add(w * V::LANES), count(w));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    struct All<'a, E> {
        sizes: LinearMap,
        x: &'a [E],
        weight: &'a [E],
        bias: Option<&'a [E]>,
        dy: &'a [E],
        out: [&'a mut [E]; 4],
    }

    impl<E: Kernels> Program<E> for All<'_, E> {
        type Output = ();

        #[inline(always)]
        fn run<V: Vector<E>>(self, on: Instructions<E, V>) {
            let [y, dx, dweight, dbias] = self.out;
            on.linear(self.sizes, self.x, self.weight, self.bias, y);
            on.linear_input_gradient(self.sizes, self.weight, self.dy, dx);
            on.linear_weight_gradient(self.sizes, self.x, self.dy, dweight);
            on.linear_bias_gradient(self.sizes, self.dy, dbias);
        }
    }

    fn check<E: Kernels>(sizes: LinearMap, random: &mut Random, tolerance: f64) {
        let LinearMap { rows, inputs, outputs } = sizes;
        let (x, dy) = (random.numbers::<E>(rows * inputs), random.numbers::<E>(rows * outputs));
        let (weight, bias) = (random.numbers::<E>(outputs * inputs), random.numbers::<E>(outputs));
        let bias = (random.size(0..=1) == 1).then_some(&bias[..]);
        let (mut y, mut dx) = (garbage::<E>(dy.len()), garbage::<E>(x.len()));
        let (mut dweight, mut dbias) = (garbage::<E>(weight.len()), garbage::<E>(outputs));
        run(All {
            sizes,
            x: &x,
            weight: &weight,
            bias,
            dy: &dy,
            out: [&mut y, &mut dx, &mut dweight, &mut dbias],
        });
        let sum = |terms: usize, term: &dyn Fn(usize) -> E| (0..terms).map(term).sum::<E>();
        let table = |a: usize, b: usize, entry: &dyn Fn(usize, usize) -> E| -> Vec<E> {
            (0..a * b).map(|at| entry(at / b, at % b)).collect()
        };
        let expected = table(rows, outputs, &|r, o| {
            let product = sum(inputs, &|i| x[r * inputs + i] * weight[o * inputs + i]);
            product + bias.map_or(E::zero(), |bias| bias[o])
        });
        assert_close(&y, &expected, tolerance);
        let expected = table(rows, inputs, &|r, i| {
            sum(outputs, &|o| dy[r * outputs + o] * weight[o * inputs + i])
        });
        assert_close(&dx, &expected, tolerance);
        let expected = table(outputs, inputs, &|o, i| {
            sum(rows, &|r| dy[r * outputs + o] * x[r * inputs + i])
        });
        assert_close(&dweight, &expected, tolerance);
        let expected = table(1, outputs, &|_, o| sum(rows, &|r| dy[r * outputs + o]));
        assert_close(&dbias, &expected, tolerance);
    }

    #[test]
    fn linear_maps_of_all_sizes() {
        for seed in 0..if cfg!(miri) { ROUNDS } else { 3 * ROUNDS } {
            let mut random = Random::new(seed);
            let most = if seed % 8 == 0 && !cfg!(miri) { 70 } else { 18 };
            let sizes = LinearMap {
                rows: random.size(1..=12),
                inputs: random.size(1..=most),
                outputs: random.size(1..=most),
            };
            check::<f32>(sizes, &mut random, 1e-4);
            check::<f64>(sizes, &mut random, 1e-12);
        }
    }
}
