//! Which vector instructions this processor has, asked once at run time, so that a portable build uses them.
//!
//! The environment variable `TINTYPE_SIMD` (`portable`, `avx2` or `avx512`) keeps to less than there is, so that the tests
//! can go through every path on one machine.
//!
//! [`vectorised`] compiles a plain loop for every instruction set and lets the compiler vectorise it. Kernels that must
//! hold their sums in registers are written over [`Vector`] instead, and run by [`with_vectors`].

mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

use num_traits::Float;
use portable::Portable;
#[cfg(target_arch = "x86_64")]
pub use x86::transpose_eights;

/// Runs a loop, compiled for every instruction set, with the widest instructions that this processor has.
///
/// It must be `#[inline(always)]`, and so must what it calls: its body then takes on the features of the function it is compiled
/// into. And it must have its slices to itself (`move`): what it has by reference might be what it writes to.
#[inline]
pub fn vectorised<R>(task: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    match x86::level() {
        // SAFETY: the processor has been found to have these features.
        x86::Level::Avx512 => return unsafe { x86::run_avx512(task) },
        // SAFETY: as above.
        x86::Level::Avx2 => return unsafe { x86::run_avx2(task) },
        x86::Level::Portable => {}
    }
    task()
}

/// A kernel over vectors, to be compiled for every kind of them.
pub trait VectorTask<E: Vectors> {
    /// What the kernel gives back.
    type Output;

    /// The kernel; `#[inline(always)]`, as in [`vectorised`].
    ///
    /// # Safety
    ///
    /// The processor must have the instructions of `V`. For the raw pointers and the places that a task holds, whoever makes it
    /// vouches, as its type says: [`with_vectors`] runs it as it is.
    unsafe fn run<V: Vector<E>>(self) -> Self::Output;
}

/// Runs `task` with the widest vectors that this processor has.
#[inline]
pub fn with_vectors<E: Vectors, T: VectorTask<E>>(task: T) -> T::Output {
    #[cfg(target_arch = "x86_64")]
    match x86::level() {
        // SAFETY: the processor has been found to have these features.
        x86::Level::Avx512 => return unsafe { x86::run_vectors_avx512(task) },
        // SAFETY: as above.
        x86::Level::Avx2 => return unsafe { x86::run_vectors_avx2::<E, T>(task) },
        x86::Level::Portable => {}
    }
    // SAFETY: these vectors are arrays.
    unsafe { task.run::<E::Portable>() }
}

/// The lanes of the vectors that [`with_vectors`] uses.
pub fn lanes<E: Vectors>() -> usize {
    vector_size::<E>().0
}

/// The vectors in a row of the register tiles of [`with_vectors`]: [`Vector::WIDE`].
pub fn wide<E: Vectors>() -> usize {
    vector_size::<E>().1
}

fn vector_size<E: Vectors>() -> (usize, usize) {
    struct Size;
    impl<E: Vectors> VectorTask<E> for Size {
        type Output = (usize, usize);

        #[inline(always)]
        unsafe fn run<V: Vector<E>>(self) -> (usize, usize) {
            const { assert!(V::LANES <= MOST_LANES) };
            (V::LANES, V::WIDE)
        }
    }
    with_vectors::<E, _>(Size)
}

/// An element type and its vectors in each instruction set.
pub trait Vectors: Float {
    /// Arrays as long as the vectors that every processor has.
    type Portable: Vector<Self>;
    /// 256 bits.
    #[cfg(target_arch = "x86_64")]
    type Avx2: Vector<Self>;
    /// 512 bits.
    #[cfg(target_arch = "x86_64")]
    type Avx512: Vector<Self>;

    /// Transposes a square in registers: `columns` says how far apart its columns are, each contiguous; `rows` where its
    /// rows go.
    ///
    /// # Safety
    ///
    /// Both must be good for that.
    #[inline(always)]
    unsafe fn transpose(from: *const Self, columns: usize, to: *mut Self, rows: usize) {
        // SAFETY: the caller's.
        unsafe {
            let square: [[Self; SQUARE]; SQUARE] =
                core::array::from_fn(|i| from.add(i * columns).cast::<[Self; SQUARE]>().read());
            for row in 0..SQUARE {
                to.add(row * rows)
                    .cast::<[Self; SQUARE]>()
                    .write(square.map(|column| column[row]));
            }
        }
    }
}

/// A vector register.
///
/// # Safety
///
/// Every method may be called only where the processor has the instructions; loading and storing need valid pointers
/// (without any alignment).
#[allow(clippy::missing_safety_doc, reason = "said once, above")]
pub trait Vector<E>: Copy {
    /// Numbers in a vector.
    const LANES: usize;
    /// Vectors that the processor can hold.
    const REGISTERS: usize;

    /// The vectors in a row of a register tile: with 16 registers 6 rows of 2, with 32 registers 8 rows of 3. The sums, one
    /// row of factors and one more factor must fit, with a register to spare: a compiler that is one short spills in the
    /// innermost loop. (Goto & van de Geijn 2008, "Anatomy of high-performance matrix multiplication", section 6.2.)
    const WIDE: usize = if Self::REGISTERS >= 32 { 3 } else { 2 };

    /// How many rows of a register tile to compute next, where so many are left: 8, 6, 4, 3, 2 or 1. A tile of fewer than 4
    /// rows takes as long as one of 4, as its sums wait for one another.
    #[inline(always)]
    fn height(rows: usize) -> usize {
        match rows {
            8.. if Self::REGISTERS >= 32 => 8,
            7 | 8 | 11 => 4,
            6.. if Self::REGISTERS < 32 => 6,
            4.. => 4,
            _ => rows,
        }
    }

    /// Runs a kernel, `#[inline(always)]`, as a function of its own that has the vector's instructions: compiling one
    /// large function takes much longer than compiling many small ones.
    unsafe fn apart<R>(kernel: impl FnOnce() -> R) -> R;

    /// The same number in every lane.
    unsafe fn splat(x: E) -> Self;

    /// Reads [`Self::LANES`] numbers.
    unsafe fn load(from: *const E) -> Self;

    /// Writes all lanes.
    unsafe fn store(self, to: *mut E);

    /// Reads `count` numbers, no more than there are lanes; the other lanes are zero.
    unsafe fn load_first(from: *const E, count: usize) -> Self;

    /// Writes the first `count` lanes.
    unsafe fn store_first(self, to: *mut E, count: usize);

    /// Reads all lanes, or if there are no more than `count` numbers, these.
    #[inline(always)]
    unsafe fn load_up_to(from: *const E, count: usize) -> Self {
        // SAFETY: the caller's.
        unsafe {
            if count >= Self::LANES {
                Self::load(from)
            } else {
                Self::load_first(from, count)
            }
        }
    }

    /// Writes all lanes, or if there is no more room than for `count`, these.
    #[inline(always)]
    unsafe fn store_up_to(self, to: *mut E, count: usize) {
        // SAFETY: the caller's.
        unsafe {
            if count >= Self::LANES {
                self.store(to);
            } else {
                self.store_first(to, count);
            }
        }
    }

    /// Writes the lanes whose bits are set, one directly behind the other.
    unsafe fn store_chosen(self, lanes: u32, to: *mut E);

    /// `self + other`.
    unsafe fn add(self, other: Self) -> Self;

    /// `self - other`.
    unsafe fn sub(self, other: Self) -> Self;

    /// `self · factor + sum`.
    unsafe fn mul_add(self, factor: Self, sum: Self) -> Self;

    /// The larger of each pair of lanes; what becomes of NaN depends on the processor.
    unsafe fn max(self, other: Self) -> Self;

    /// `e^x` in each lane: `Exponential::fast_exp`, with the same bounds on its error.
    unsafe fn exp(self) -> Self;

    /// The sum of the lanes.
    unsafe fn total(self) -> E;

    /// The [`total`](Vector::total) of each of eight vectors, added to what `start` points to, if anything: eight numbers
    /// that go to `to`.
    #[inline(always)]
    unsafe fn store_totals(vectors: [Self; 8], start: Option<*const E>, to: *mut E)
    where
        E: Float,
    {
        // SAFETY: the caller's.
        unsafe {
            for (i, vector) in vectors.into_iter().enumerate() {
                let start = start.map_or(E::zero(), |start| *start.add(i));
                to.add(i).write(vector.total() + start);
            }
        }
    }

    /// Transposes a square of [`LANES`](Vector::LANES) rows in registers: `columns` says how far apart its columns are, each
    /// contiguous; `rows` where its rows go.
    unsafe fn transpose(from: *const E, columns: usize, to: *mut E, rows: usize);
}

/// Does something with one of a few numbers as a constant: each is a kernel to compile, and only those are whose condition holds.
macro_rules! with_constant {
    ($number:expr, $constant:ident of [$($known:literal $(if $condition:expr)?),*] => $run:expr) => {
        match $number {
            $($known $(if const { $condition })? => {
                const $constant: usize = $known;
                $run
            })*
            number => unreachable!("there is no kernel for {number}"),
        }
    };
}
pub(super) use with_constant;

/// Does something with a height that [`Vector::height`] gave, as a constant.
macro_rules! with_height {
    ($vector:ident, $height:expr, $constant:ident => $run:expr) => {
        $crate::kernels::simd::with_constant!(
            $height,
            $constant of [8 if $vector::REGISTERS >= 32, 6 if $vector::REGISTERS < 32, 4, 3, 2, 1] => $run
        )
    };
}
pub(super) use with_height;

/// Does something with a number of vectors side by side, at most [`Vector::WIDE`], as a constant.
macro_rules! with_width {
    ($vector:ident, $width:expr, $constant:ident => $run:expr) => {
        $crate::kernels::simd::with_constant!($width, $constant of [3 if $vector::WIDE >= 3, 2, 1] => $run)
    };
}
pub(super) use with_width;

/// The most lanes that any vector has.
pub const MOST_LANES: usize = 16;

/// Asks for the cache line at an address that will be needed soon.
#[inline(always)]
pub fn prefetch<E>(address: *const E) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: prefetching reads nothing, and every x86-64 processor can.
    unsafe {
        core::arch::x86_64::_mm_prefetch::<{ core::arch::x86_64::_MM_HINT_T0 }>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}

/// [`Vector::transpose`] by the squares of [`Vectors::transpose`], or entry by entry where vectors are shorter.
#[inline(always)]
unsafe fn transpose_by_squares<E: Vectors, const N: usize>(from: *const E, columns: usize, to: *mut E, rows: usize) {
    let side = SQUARE.min(N);
    for row in (0..N).step_by(side) {
        for column in (0..N).step_by(side) {
            // SAFETY: the caller's.
            unsafe {
                let (from, to) = (from.add(column * columns + row), to.add(row * rows + column));
                if side == SQUARE {
                    E::transpose(from, columns, to, rows);
                } else {
                    (0..side * side)
                        .for_each(|i| *to.add(i / side * rows + i % side) = *from.add(i % side * columns + i / side));
                }
            }
        }
    }
}

/// The side of the squares of [`Vectors::transpose`].
pub const SQUARE: usize = 4;

impl Vectors for f32 {
    type Portable = Portable<f32, 4>;
    #[cfg(target_arch = "x86_64")]
    type Avx2 = core::arch::x86_64::__m256;
    #[cfg(target_arch = "x86_64")]
    type Avx512 = core::arch::x86_64::__m512;

    // What the compiler makes of the general form moves one number at a time.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    unsafe fn transpose(from: *const f32, columns: usize, to: *mut f32, rows: usize) {
        use core::arch::x86_64::*;
        // SAFETY: the caller's; every x86-64 processor has these instructions.
        unsafe {
            let [a, b, c, d] = [0, 1, 2, 3].map(|i| _mm_loadu_ps(from.add(i * columns)));
            let (ab_low, ab_high) = (_mm_unpacklo_ps(a, b), _mm_unpackhi_ps(a, b));
            let (cd_low, cd_high) = (_mm_unpacklo_ps(c, d), _mm_unpackhi_ps(c, d));
            _mm_storeu_ps(to, _mm_movelh_ps(ab_low, cd_low));
            _mm_storeu_ps(to.add(rows), _mm_movehl_ps(cd_low, ab_low));
            _mm_storeu_ps(to.add(2 * rows), _mm_movelh_ps(ab_high, cd_high));
            _mm_storeu_ps(to.add(3 * rows), _mm_movehl_ps(cd_high, ab_high));
        }
    }
}

impl Vectors for f64 {
    type Portable = Portable<f64, 2>;
    #[cfg(target_arch = "x86_64")]
    type Avx2 = core::arch::x86_64::__m256d;
    #[cfg(target_arch = "x86_64")]
    type Avx512 = core::arch::x86_64::__m512d;
}

/// What [`Vector::store_chosen`] does, without an instruction for it.
///
/// # Safety
///
/// `to` must be good for as many writes as there are bits.
#[inline(always)]
unsafe fn store_chosen_one_by_one<E: Copy>(vector: &[E], lanes: u32, mut to: *mut E) {
    for (lane, &x) in vector.iter().enumerate() {
        if lanes >> lane & 1 == 1 {
            // SAFETY: the caller's pointer.
            unsafe {
                to.write(x);
                to = to.add(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a task with every kind of vectors that this processor has.
    fn with_every_kind<E: Vectors, T: VectorTask<E> + Copy>(task: T) -> Vec<T::Output> {
        // SAFETY: arrays are everywhere.
        let portable = unsafe { task.run::<E::Portable>() };
        #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut))]
        let mut outputs = vec![with_vectors::<E, T>(task), portable];
        #[cfg(target_arch = "x86_64")]
        if x86::level() >= x86::Level::Avx2 {
            // SAFETY: the instructions are there.
            outputs.push(unsafe { x86::run_vectors_avx2::<E, T>(task) });
        }
        outputs
    }

    /// One product, one sum, and both ways of storing.
    #[derive(Clone, Copy)]
    struct Exercise;

    impl<E: Vectors + core::fmt::Debug> VectorTask<E> for Exercise {
        type Output = ();

        #[inline(always)]
        unsafe fn run<V: Vector<E>>(self) {
            let number = |i: usize| E::from(i).expect("a small number");
            let x: Vec<E> = (0..V::LANES).map(number).collect();
            let mut out = vec![E::zero(); V::LANES + 1];
            // SAFETY: the caller vouches for the instructions; every slice is long enough.
            unsafe {
                let y = V::load(x.as_ptr()).mul_add(V::splat(number(2)), V::splat(number(1)));
                assert_eq!(y.total(), number(V::LANES * V::LANES));
                for count in 0..=V::LANES {
                    out.fill(E::zero());
                    V::load_first(x.as_ptr(), count)
                        .add(V::splat(number(1)))
                        .store(out.as_mut_ptr());
                    let first = |i: usize| if i < count { x[i] } else { E::zero() };
                    assert!((0..V::LANES).all(|i| out[i] == first(i) + number(1)));
                    out.fill(E::zero());
                    V::load(x.as_ptr()).store_first(out.as_mut_ptr(), count);
                    assert!((0..V::LANES).all(|i| out[i] == first(i)));
                }
                let (columns, rows) = (V::LANES + 1, V::LANES + 2);
                let from: Vec<E> = (0..V::LANES * columns).map(number).collect();
                let mut to = vec![E::zero(); V::LANES * rows];
                V::transpose(from.as_ptr(), columns, to.as_mut_ptr(), rows);
                let places = (0..V::LANES).flat_map(|row| (0..V::LANES).map(move |column| (row, column)));
                for (row, column) in places {
                    assert_eq!(to[row * rows + column], from[column * columns + row]);
                }
                let (start, mut totals) = ([1, 2, 3, 4, 5, 6, 7, 8].map(number), [E::zero(); 8]);
                let vectors = start.map(|factor| V::splat(factor).mul_add(y, V::splat(E::zero())));
                V::store_totals(vectors, Some(start.as_ptr()), totals.as_mut_ptr());
                assert_eq!(totals, start.map(|factor| factor * y.total() + factor));
                V::store_totals(vectors, None, totals.as_mut_ptr());
                assert_eq!(totals, start.map(|factor| factor * y.total()));
                y.store(out[1..].as_mut_ptr());
                assert!(out[1..].iter().enumerate().all(|(i, &y)| y == number(2 * i + 1)));
                let odd = 0xAAAA_AAAA_u32 & ((1 << V::LANES) - 1);
                y.store_chosen(odd, out.as_mut_ptr());
                assert!(
                    out[..V::LANES / 2]
                        .iter()
                        .enumerate()
                        .all(|(i, &y)| y == number(4 * i + 3))
                );
                assert_eq!(out[V::LANES], number(2 * V::LANES - 1));
            }
        }
    }

    /// Exponentials against the standard library's: the worst error in units in the last place.
    #[derive(Clone, Copy)]
    struct Exponentials;

    impl VectorTask<f32> for Exponentials {
        type Output = f64;

        #[inline(always)]
        unsafe fn run<V: Vector<f32>>(self) -> f64 {
            let exp = |x: f32| {
                let mut out = [0.0_f32; MOST_LANES];
                // SAFETY: the caller vouches for the instructions.
                unsafe { V::splat(x).exp().store(out.as_mut_ptr()) };
                out[0]
            };
            assert_eq!(
                [0.0, 90.0, f32::INFINITY, f32::NEG_INFINITY].map(exp),
                [1.0, f32::INFINITY, f32::INFINITY, 0.0]
            );
            assert!(exp(f32::NAN).is_nan());
            let count = if cfg!(miri) { 50 } else { 500_000 };
            let numbers = (0..count).map(|i| 87.0 * (2.0 * i as f32 / count as f32 - 1.0));
            let error = |x: f32| {
                let exact = (x as f64).exp();
                (exp(x) as f64 - exact).abs() / ((exact as f32).next_up() - exact as f32) as f64
            };
            numbers.map(error).fold(0.0, f64::max)
        }
    }

    #[test]
    fn exponentials_are_as_accurate_as_stated() {
        for error in with_every_kind::<f32, _>(Exponentials) {
            assert!(error <= 2.0);
        }
    }

    fn check_transpose<E: Vectors + core::fmt::Debug>() {
        let (columns, rows) = (SQUARE + 1, SQUARE + 2);
        let from: Vec<E> = (0..SQUARE * columns)
            .map(|i| E::from(i).expect("a small number"))
            .collect();
        let mut to = vec![E::zero(); SQUARE * rows];
        // SAFETY: both slices are long enough.
        unsafe { E::transpose(from.as_ptr(), columns, to.as_mut_ptr(), rows) };
        for (row, column) in (0..SQUARE).flat_map(|row| (0..SQUARE).map(move |column| (row, column))) {
            assert_eq!(to[row * rows + column], from[column * columns + row]);
        }
    }

    #[test]
    fn squares_are_transposed() {
        check_transpose::<f32>();
        check_transpose::<f64>();
    }

    #[test]
    fn every_kind_of_vector() {
        with_every_kind::<f32, _>(Exercise);
        with_every_kind::<f64, _>(Exercise);
    }
}
