//! Softmax and its relatives along one axis, with the largest entry subtracted first, so that nothing overflows.

use super::buffers::output;
use super::simd::{MOST_LANES, Vector, VectorTask, vectorised, with_vectors};
use super::{Axis, Kernels, parallel};

/// Units of work (see [`parallel`]) per entry.
const COST: usize = 4;

/// `out = exp(x) / Σ exp(x)`. A line of nothing but `-∞` gives NaN, as in PyTorch.
pub fn softmax<E: Kernels>(axis: Axis, x: &[E], out: &mut [E]) {
    let inner = axis.inner;
    blocks(axis, x, out, |x, out| {
        vectorised(
            #[inline(always)]
            move || {
                if inner == 1 {
                    let scale = E::one() / exponentials(x, out).1;
                    return out.iter_mut().for_each(|out| *out *= scale);
                }
                let (largest, sums) = largest_and_sums(inner, x);
                for (out, x) in out.chunks_exact_mut(inner).zip(x.chunks_exact(inner)) {
                    for i in 0..inner {
                        out[i] = (x[i] - largest[i]).fast_exp() / sums[i];
                    }
                }
            },
        )
    });
}

/// `out = x - ln Σ exp(x)`. A line of nothing but `-∞` gives NaN, as in PyTorch.
pub fn log_softmax<E: Kernels>(axis: Axis, x: &[E], out: &mut [E]) {
    let inner = axis.inner;
    blocks(axis, x, out, |x, out| {
        vectorised(
            #[inline(always)]
            move || {
                if inner == 1 {
                    let (largest, sum) = exponentials(x, out);
                    let log_sum = sum.ln();
                    return out
                        .iter_mut()
                        .zip(x)
                        .for_each(|(out, &x)| *out = (x - largest) - log_sum);
                }
                let (largest, mut sums) = largest_and_sums(inner, x);
                sums.iter_mut().for_each(|sum| *sum = sum.ln());
                for (out, x) in out.chunks_exact_mut(inner).zip(x.chunks_exact(inner)) {
                    for i in 0..inner {
                        out[i] = (x[i] - largest[i]) - sums[i];
                    }
                }
            },
        )
    });
}

/// `out = ln Σ exp(x)`: one number per line. A line of nothing but `-∞` gives `-∞`, as in PyTorch.
pub fn logsumexp<E: Kernels>(axis: Axis, x: &[E], out: &mut [E]) {
    let Axis { length, inner, .. } = axis;
    assert!(x.len() == axis.numel() && out.len() == axis.reduced());
    if inner == 0 {
        return;
    }
    parallel::chunks(out, inner, COST * length * inner, |first, out| {
        for (o, out) in out.chunks_mut(inner).enumerate() {
            let x = &x[(first + o) * length * inner..][..length * inner];
            if let [out] = out {
                *out = line_logsumexp(x);
                continue;
            }
            vectorised(
                #[inline(always)]
                move || {
                    let (mut largest, _) = extremes(inner, x);
                    // An infinite extreme is not subtracted: the sum is then 0 or ∞, and its logarithm right.
                    largest
                        .iter_mut()
                        .filter(|largest| largest.is_infinite())
                        .for_each(|largest| *largest = E::zero());
                    out.fill(E::zero());
                    for x in x.chunks_exact(inner) {
                        for (i, out) in out.iter_mut().enumerate() {
                            *out += (x[i] - largest[i]).fast_exp();
                        }
                    }
                    out.iter_mut()
                        .zip(&largest)
                        .for_each(|(out, &largest)| *out = out.ln() + largest);
                },
            );
        }
    });
}

/// [`logsumexp`] of one line, part by part: a part whose exponentials are summed already is scaled when one with a larger entry
/// comes.
fn line_logsumexp<E: Kernels>(line: &[E]) -> E {
    const PART: usize = 1024;
    let mut exponents = output(PART.min(line.len()));
    let (mut largest, mut sum) = (E::neg_infinity(), E::zero());
    for x in line.chunks(PART) {
        let (of_part, sum_of_part) = exponentials(x, &mut exponents[..x.len()]);
        // With an infinite extreme the sum would be of ∞ − ∞.
        if of_part.is_infinite() || largest == E::infinity() {
            if x.iter().any(|x| x.is_nan()) {
                return E::nan();
            }
            largest = largest.max(of_part);
            continue;
        }
        let before = largest;
        largest = if of_part > largest { of_part } else { largest };
        sum = sum * (before - largest).fast_exp() + sum_of_part * (of_part - largest).fast_exp();
    }
    if largest.is_infinite() {
        return if sum.is_nan() { sum } else { largest };
    }
    sum.ln() + largest
}

/// From the result `y` of [`softmax`] and its gradient: `dx = y (grad - Σ y grad)`.
pub fn softmax_gradient<E: Kernels>(axis: Axis, y: &[E], grad: &[E], dx: &mut [E]) {
    let inner = axis.inner;
    gradient_blocks(axis, y, grad, dx, |y, grad, dx| {
        vectorised(
            #[inline(always)]
            move || {
                if inner == 1 {
                    dx.iter_mut()
                        .zip(y.iter().zip(grad))
                        .for_each(|(dx, (&y, &g))| *dx = y * g);
                    let sum = total(dx);
                    return dx
                        .iter_mut()
                        .zip(y.iter().zip(grad))
                        .for_each(|(dx, (&y, &g))| *dx = y * (g - sum));
                }
                let mut sums = vec![E::zero(); inner];
                for (y, grad) in y.chunks_exact(inner).zip(grad.chunks_exact(inner)) {
                    for i in 0..inner {
                        sums[i] += y[i] * grad[i];
                    }
                }
                let rows = y.chunks_exact(inner).zip(grad.chunks_exact(inner));
                for (dx, (y, grad)) in dx.chunks_exact_mut(inner).zip(rows) {
                    for i in 0..inner {
                        dx[i] = y[i] * (grad[i] - sums[i]);
                    }
                }
            },
        )
    });
}

/// From the result `y` of [`log_softmax`] and its gradient: `dx = grad - exp(y) Σ grad`.
pub fn log_softmax_gradient<E: Kernels>(axis: Axis, y: &[E], grad: &[E], dx: &mut [E]) {
    let inner = axis.inner;
    gradient_blocks(axis, y, grad, dx, |y, grad, dx| {
        vectorised(
            #[inline(always)]
            move || {
                if inner == 1 {
                    let sum = total(grad);
                    return dx
                        .iter_mut()
                        .zip(y.iter().zip(grad))
                        .for_each(|(dx, (&y, &g))| *dx = g - y.fast_exp() * sum);
                }
                let mut sums = vec![E::zero(); inner];
                for grad in grad.chunks_exact(inner) {
                    sums.iter_mut().zip(grad).for_each(|(sum, &g)| *sum += g);
                }
                let rows = y.chunks_exact(inner).zip(grad.chunks_exact(inner));
                for (dx, (y, grad)) in dx.chunks_exact_mut(inner).zip(rows) {
                    for i in 0..inner {
                        dx[i] = grad[i] - y[i].fast_exp() * sums[i];
                    }
                }
            },
        )
    });
}

/// Calls `work` on every outer block.
fn blocks<E: Kernels>(axis: Axis, x: &[E], out: &mut [E], work: impl Fn(&[E], &mut [E]) + Sync) {
    assert!(x.len() == axis.numel() && out.len() == axis.numel());
    let block = axis.length * axis.inner;
    parallel::chunks(out, block, COST * block, |first, out| {
        let x = &x[first * block..];
        out.chunks_mut(block)
            .zip(x.chunks(block))
            .for_each(|(out, x)| work(x, out));
    });
}

/// Calls `work` on every outer block of the result, of its gradient and of the argument's gradient.
fn gradient_blocks<E: Kernels>(
    axis: Axis,
    y: &[E],
    grad: &[E],
    dx: &mut [E],
    work: impl Fn(&[E], &[E], &mut [E]) + Sync,
) {
    assert!(y.len() == axis.numel() && grad.len() == axis.numel() && dx.len() == axis.numel());
    let block = axis.length * axis.inner;
    parallel::chunks(dx, block, COST * block, |first, dx| {
        let (y, grad) = (&y[first * block..], &grad[first * block..]);
        dx.chunks_mut(block)
            .zip(y.chunks(block).zip(grad.chunks(block)))
            .for_each(|(dx, (y, g))| work(y, g, dx));
    });
}

/// Independent running results along one line: enough for two of the widest vectors.
const LANES: usize = 32;

/// Vectors of one line that are worked on at a time.
const AT_ONCE: usize = 4;

/// `out = exp(x - largest)` for one line; gives the largest, and the sum.
fn exponentials<E: Kernels>(x: &[E], out: &mut [E]) -> (E, E) {
    with_vectors(Exponentials { x, out })
}

struct Exponentials<'a, E> {
    x: &'a [E],
    out: &'a mut [E],
}

impl<E: Kernels> VectorTask<E> for Exponentials<'_, E> {
    type Output = (E, E);

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) -> (E, E) {
        let (length, from, to) = (self.x.len(), self.x.as_ptr(), self.out.as_mut_ptr());
        let whole = length / V::LANES * V::LANES;
        // SAFETY: all within the slices, which are of one length; the caller vouches for the instructions.
        unsafe {
            // Several at a time, so that one vector need not wait for the one before it.
            let strides = whole / (AT_ONCE * V::LANES) * (AT_ONCE * V::LANES);
            let mut running = [V::splat(E::neg_infinity()); AT_ONCE];
            for at in (0..strides).step_by(AT_ONCE * V::LANES) {
                for (i, largest) in running.iter_mut().enumerate() {
                    *largest = V::load(from.add(at + i * V::LANES)).max(*largest);
                }
            }
            let mut largest = running.into_iter().fold(V::splat(E::neg_infinity()), |a, b| a.max(b));
            for at in (strides..whole).step_by(V::LANES) {
                largest = V::load(from.add(at)).max(largest);
            }
            // Whatever NaN does here, its exponential makes the whole line NaN.
            let larger = |a: E, &b: &E| if b > a { b } else { a };
            let mut lanes = [E::neg_infinity(); MOST_LANES];
            largest.store(lanes.as_mut_ptr());
            let largest = lanes.iter().chain(&self.x[whole..]).fold(E::neg_infinity(), larger);

            let below = V::splat(-largest);
            let mut running = [V::splat(E::zero()); AT_ONCE];
            for at in (0..strides).step_by(AT_ONCE * V::LANES) {
                for (i, sums) in running.iter_mut().enumerate() {
                    let exp = V::load(from.add(at + i * V::LANES)).add(below).exp();
                    exp.store(to.add(at + i * V::LANES));
                    *sums = sums.add(exp);
                }
            }
            let mut sums = running.into_iter().fold(V::splat(E::zero()), |a, b| a.add(b));
            for at in (strides..whole).step_by(V::LANES) {
                let exp = V::load(from.add(at)).add(below).exp();
                exp.store(to.add(at));
                sums = sums.add(exp);
            }
            let mut sum = sums.total();
            if whole < length {
                let rest = V::load_first(from.add(whole), length - whole);
                rest.add(below).exp().store_first(to.add(whole), length - whole);
                sum += self.out[whole..].iter().copied().sum();
            }
            (largest, sum)
        }
    }
}

/// The sum of one line.
#[inline(always)]
fn total<E: Kernels>(x: &[E]) -> E {
    let (whole, rest) = x.as_chunks::<LANES>();
    let mut sums = [E::zero(); LANES];
    for x in whole {
        for lane in 0..LANES {
            sums[lane] += x[lane];
        }
    }
    sums.iter().chain(rest).copied().sum()
}

/// The largest of each of `inner` lines, and zeros beside them.
#[inline(always)]
fn extremes<E: Kernels>(inner: usize, x: &[E]) -> (Vec<E>, Vec<E>) {
    let mut largest = vec![E::neg_infinity(); inner];
    for x in x.chunks_exact(inner) {
        largest
            .iter_mut()
            .zip(x)
            .for_each(|(largest, &x)| *largest = if x > *largest { x } else { *largest });
    }
    (largest, vec![E::zero(); inner])
}

/// The largest of each of `inner` lines, and the sum of the exponentials below it.
#[inline(always)]
fn largest_and_sums<E: Kernels>(inner: usize, x: &[E]) -> (Vec<E>, Vec<E>) {
    let (largest, mut sums) = extremes(inner, x);
    for x in x.chunks_exact(inner) {
        for i in 0..inner {
            sums[i] += (x[i] - largest[i]).fast_exp();
        }
    }
    (largest, sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    fn random_axis(random: &mut Random) -> Axis {
        let outer = random.size(0..=4);
        Axis {
            outer,
            length: random.size(1..=100),
            inner: [1, 1, 2, 5, 33][random.size(0..=4)],
        }
    }

    /// A function of one line, applied to every line along an axis.
    fn along<E: Kernels>(axis: Axis, x: &[E], f: impl Fn(&[E]) -> Vec<E>) -> Vec<E> {
        let Axis { outer, length, inner } = axis;
        let mut out = vec![E::nan(); x.len()];
        for (o, i) in (0..outer).flat_map(|o| (0..inner).map(move |i| (o, i))) {
            let at = |l: usize| (o * length + l) * inner + i;
            let line: Vec<E> = (0..length).map(|l| x[at(l)]).collect();
            f(&line).into_iter().enumerate().for_each(|(l, y)| out[at(l)] = y);
        }
        out
    }

    fn check<E: Kernels>(seed: u64, tolerance: f64) {
        let mut random = Random::new(seed);
        let axis = random_axis(&mut random);
        let ten = E::from(10.0).expect("a float");
        let x: Vec<E> = random.numbers::<E>(axis.numel()).iter().map(|&x| x * ten).collect();
        let sum_exp = |line: &[E]| line.iter().map(|x| x.exp()).sum::<E>();
        let y = along(axis, &x, |line| line.iter().map(|x| x.exp() / sum_exp(line)).collect());
        let log_y = along(axis, &x, |line| line.iter().map(|&x| x - sum_exp(line).ln()).collect());
        let logs = along(axis, &x, |line| vec![sum_exp(line).ln(); line.len()]);
        let mut out = garbage(axis.numel());
        softmax(axis, &x, &mut out);
        assert_close(&out, &y, tolerance);
        log_softmax(axis, &x, &mut out);
        assert_close(&out, &log_y, tolerance);
        let mut reduced = garbage(axis.reduced());
        logsumexp(axis, &x, &mut reduced);
        let expected: Vec<E> = (0..axis.reduced())
            .map(|at| logs[at / axis.inner * axis.length * axis.inner + at % axis.inner])
            .collect();
        assert_close(&reduced, &expected, tolerance);

        let grad = random.numbers::<E>(axis.numel());
        let weighted: Vec<E> = y.iter().zip(&grad).map(|(&y, &g)| y * g).collect();
        let sums = along(axis, &weighted, |line| vec![line.iter().copied().sum(); line.len()]);
        let expected: Vec<E> = (0..y.len()).map(|i| y[i] * (grad[i] - sums[i])).collect();
        softmax_gradient(axis, &y, &grad, &mut out);
        assert_close(&out, &expected, tolerance);
        let sums = along(axis, &grad, |line| vec![line.iter().copied().sum(); line.len()]);
        let expected: Vec<E> = (0..y.len()).map(|i| grad[i] - y[i] * sums[i]).collect();
        log_softmax_gradient(axis, &log_y, &grad, &mut out);
        assert_close(&out, &expected, tolerance);
    }

    #[test]
    fn lines_and_their_gradients() {
        for seed in 0..ROUNDS {
            check::<f32>(seed, 1e-5);
            check::<f64>(seed, 1e-13);
        }
    }

    #[test]
    fn infinities_give_what_pytorch_gives() {
        let low = f32::NEG_INFINITY;
        let axis = Axis::of(&[2, 2], 1);
        let (mut out, mut logs) = ([0.0; 4], [0.0; 2]);
        softmax(axis, &[low, low, low, 1.0], &mut out);
        assert!(out[0].is_nan() && out[1].is_nan() && out[2..] == [0.0, 1.0]);
        log_softmax(axis, &[low, low, low, 1.0], &mut out);
        assert!(out[0].is_nan() && out[1].is_nan() && out[2..] == [low, 0.0]);
        logsumexp(axis, &[low, low, low, 1.0], &mut logs);
        assert_eq!(logs, [low, 1.0]);
        logsumexp(axis, &[f32::INFINITY, 0.0, 1000.0, 0.0], &mut logs);
        assert_eq!(logs, [f32::INFINITY, 1000.0]);
        softmax(Axis::of(&[2, 2], 0), &[f32::NAN, 0.0, 1.0, 0.0], &mut out);
        assert!(out[0].is_nan() && out[2].is_nan() && [out[1], out[3]] == [0.5, 0.5]);
    }

    #[test]
    fn long_lines_go_part_by_part() {
        let line = |change: &[(usize, f32)]| {
            let mut x: Vec<f32> = (0..3000).map(|i| (i % 7) as f32 + (i / 1024) as f32).collect();
            change.iter().for_each(|&(at, value)| x[at] = value);
            let exact = x.iter().map(|&x| f64::from(x).exp()).sum::<f64>().ln();
            let mut found = [0.0];
            logsumexp(Axis::of(&[x.len()], 0), &x, &mut found);
            (found[0], exact)
        };
        for change in [&[][..], &[(5, -1e30)], &[(2000, 50.0)], &[(0, f32::NEG_INFINITY)]] {
            let (found, exact) = line(change);
            assert!((f64::from(found) - exact).abs() < 1e-5 * exact, "{found} {exact}");
        }
        for at in [0, 1500, 2999] {
            assert_eq!(line(&[(at, f32::INFINITY)]).0, f32::INFINITY);
            assert!(line(&[(at, f32::NAN)]).0.is_nan());
            assert!(line(&[(at, f32::NAN), (100, f32::INFINITY)]).0.is_nan());
        }
        let mut nothing = [0.0];
        logsumexp(Axis::of(&[3000], 0), &[f32::NEG_INFINITY; 3000], &mut nothing);
        assert_eq!(nothing, [f32::NEG_INFINITY]);
    }
}
