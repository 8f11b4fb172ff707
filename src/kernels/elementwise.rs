//! Functions of one, two or three numbers, entry by entry.
//!
//! These are generic over the function, so they are compiled where they are used. The loop is compiled for each
//! instruction set: a cheap function that inlines (arithmetic, comparisons, the functions of [`super::math`]) is
//! vectorised with whatever the processor has. For that its numbers must be its own (`move`): what it refers to might be what
//! the loop writes to.

use super::buffers::{Buffer, Solid};
use super::parallel;
use super::simd::{prefetch, vectorised};
use core::mem::MaybeUninit;

/// `x[i] = f(x[i])`.
pub fn map_in_place<X: Copy + Send>(x: &mut [X], f: impl Fn(X) -> X + Copy + Sync) {
    parallel::chunks(x, 1, 1, |_, x| {
        vectorised(
            #[inline(always)]
            move || {
                for x in x {
                    *x = f(*x);
                }
            },
        )
    });
}

/// `a[i] = f(a[i], b[i])`.
pub fn zip_in_place<A: Copy + Send, B: Copy + Sync>(a: &mut [A], b: &[B], f: impl Fn(A, B) -> A + Copy + Sync) {
    assert_eq!(a.len(), b.len());
    parallel::chunks(a, 1, 1, |first, a| {
        let b = &b[first..];
        vectorised(
            #[inline(always)]
            move || {
                for (a, &b) in a.iter_mut().zip(b) {
                    *a = f(*a, b);
                }
            },
        )
    });
}

/// `f(x[i])` for all `i`, in a fresh buffer.
pub fn map<X: Copy + Sync, Y: Solid + Send>(x: &[X], f: impl Fn(X) -> Y + Copy + Sync) -> Buffer<Y> {
    // SAFETY: `map_spare` writes every entry.
    unsafe { Buffer::filled(x.len(), |out| map_spare(x, out, f)) }
}

/// `f(a[i], b[i])` for all `i`, in a fresh buffer.
pub fn zip<A: Copy + Sync, B: Copy + Sync, Y: Solid + Send>(
    a: &[A],
    b: &[B],
    f: impl Fn(A, B) -> Y + Copy + Sync,
) -> Buffer<Y> {
    // SAFETY: `zip_spare` writes every entry.
    unsafe { Buffer::filled(a.len(), |out| zip_spare(a, b, out, f)) }
}

/// `f(a[i], b[i], c[i])` for all `i`, in a fresh buffer.
pub fn zip3<A: Copy + Sync, B: Copy + Sync, C: Copy + Sync, Y: Solid + Send>(
    (a, b, c): (&[A], &[B], &[C]),
    f: impl Fn(A, B, C) -> Y + Copy + Sync,
) -> Buffer<Y> {
    // SAFETY: `zip3_spare` writes every entry.
    unsafe { Buffer::filled(a.len(), |out| zip3_spare((a, b, c), out, f)) }
}

/// Entries that the first cache holds at once.
const RUN: usize = 1024;

/// The bytes of a cache line.
const LINE: usize = 64;

/// What `steps` makes of the entries, in a fresh buffer: one run after the other, so that several steps go over memory once.
pub fn runs<X: Solid + Send + Sync>(x: &[X], steps: &(dyn Fn(&mut [X]) + Sync)) -> Buffer<X> {
    let fill = |out: &mut [MaybeUninit<X>]| {
        parallel::chunks(out, 1, 1, |first, out| {
            let x = &x[first..][..out.len()];
            for (i, out) in out.chunks_mut(RUN).enumerate() {
                steps(fetched(x, i * RUN, out));
            }
        });
    };
    // SAFETY: every entry is copied there first.
    unsafe { Buffer::filled(x.len(), fill) }
}

/// The entries from `first`, as many as fit, copied to where they can be worked on. Those behind them are asked for already, so
/// that memory is busy while the work is done.
#[inline]
pub fn fetched<'a, X: Copy>(x: &[X], first: usize, run: &'a mut [MaybeUninit<X>]) -> &'a mut [X] {
    let behind = x[first + run.len()..].iter().take(run.len());
    behind.step_by((LINE / size_of::<X>()).max(1)).for_each(|x| prefetch(x));
    run.write_copy_of_slice(&x[first..][..run.len()])
}

/// What `steps` makes of the entries, in their place.
pub fn runs_in_place<X: Send>(x: &mut [X], steps: &(dyn Fn(&mut [X]) + Sync)) {
    parallel::chunks(x, 1, 1, |_, x| x.chunks_mut(RUN).for_each(steps));
}

fn map_spare<X: Copy + Sync, Y: Send>(x: &[X], out: &mut [MaybeUninit<Y>], f: impl Fn(X) -> Y + Copy + Sync) {
    assert_eq!(x.len(), out.len());
    parallel::chunks(out, 1, 1, |first, out| {
        let x = &x[first..];
        vectorised(
            #[inline(always)]
            move || {
                for (out, &x) in out.iter_mut().zip(x) {
                    out.write(f(x));
                }
            },
        )
    });
}

fn zip_spare<A: Copy + Sync, B: Copy + Sync, Y: Send>(
    a: &[A],
    b: &[B],
    out: &mut [MaybeUninit<Y>],
    f: impl Fn(A, B) -> Y + Copy + Sync,
) {
    assert!(a.len() == out.len() && b.len() == out.len());
    parallel::chunks(out, 1, 1, |first, out| {
        let (a, b) = (&a[first..], &b[first..]);
        vectorised(
            #[inline(always)]
            move || {
                for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
                    out.write(f(a, b));
                }
            },
        )
    });
}

fn zip3_spare<A: Copy + Sync, B: Copy + Sync, C: Copy + Sync, Y: Send>(
    (a, b, c): (&[A], &[B], &[C]),
    out: &mut [MaybeUninit<Y>],
    f: impl Fn(A, B, C) -> Y + Copy + Sync,
) {
    assert!(a.len() == out.len() && b.len() == out.len() && c.len() == out.len());
    parallel::chunks(out, 1, 1, |first, out| {
        let (a, b, c) = (&a[first..], &b[first..], &c[first..]);
        vectorised(
            #[inline(always)]
            move || {
                for (((out, &a), &b), &c) in out.iter_mut().zip(a).zip(b).zip(c) {
                    out.write(f(a, b, c));
                }
            },
        )
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_driver_meets_every_entry() {
        for length in [0, 1, 15, 16, 1000, if cfg!(miri) { 1001 } else { 100_001 }] {
            let a: Vec<f32> = (0..length).map(|i| i as f32).collect();
            let b: Vec<f32> = a.iter().map(|x| 0.5 * x).collect();
            let mut out = map(&a, |x| 2.0 * x);
            assert!(out.iter().zip(&a).all(|(y, x)| *y == 2.0 * x));
            assert_eq!(map(&a, |x| x > 3.0).len(), length);
            map_in_place(&mut out, |y| y + 1.0);
            assert!(out.iter().zip(&a).all(|(y, x)| *y == 2.0 * x + 1.0));
            let mut out = zip(&a, &b, |a, b| a - b);
            assert_eq!(*out, b);
            zip_in_place(&mut out, &a, |y, a| a - 2.0 * y);
            assert!(out.iter().all(|&y| y == 0.0));
            assert_eq!(*zip3((&a, &b, &a), |a, b, c| a - b - b + c), a);
        }
    }
}
