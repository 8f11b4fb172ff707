//! Normalisation: entries less their mean, divided by their standard deviation.
//!
//! An [`Axis`] says which entries belong together: the `outer · inner` ones that have one place along the axis, called a
//! channel. Layer normalisation has `outer = 1`: each channel is a row.

use super::buffers::output;
use super::number;
use super::simd::vectorised;
use super::{Axis, Kernels, parallel};
use core::ops::Range;

/// Sums kept side by side, so that they vectorise and so that each is short.
const LANES: usize = 32;

/// Units of work (see [`parallel`]) per entry.
const COST: usize = 2;

/// The mean of each channel, and the mean of its entries' squared distances from it. Not `centred`, all means are 0.
pub fn moments<E: Kernels>(axis: Axis, centred: bool, x: &[E], mean: &mut [E], variance: &mut [E]) {
    let Axis { outer, length, inner } = axis;
    assert!(x.len() == axis.numel() && mean.len() == length && variance.len() == length);
    let count = number::<E>(outer * inner);
    if centred {
        E::channel_sum(outer, length, inner, x, mean);
        mean.iter_mut().for_each(|mean| *mean /= count);
    } else {
        mean.fill(E::zero());
    }
    parallel::chunks(variance, 1, COST * outer * inner, |first, variances| {
        for (c, variance) in (first..).zip(variances) {
            let mean = mean[c];
            let squares = blocks(axis, c).map(|block| {
                let x = &x[block];
                vectorised(
                    #[inline(always)]
                    move || total(x, |x| (x - mean) * (x - mean)),
                )
            });
            *variance = squares.sum::<E>() / count;
        }
    });
}

/// `out = (x − mean) scale + shift`, each of the three a number per channel.
pub fn normalize_channels<E: Kernels>(axis: Axis, x: &[E], mean: &[E], scale: &[E], shift: &[E], out: &mut [E]) {
    let Axis { length, inner, .. } = axis;
    assert!(x.len() == axis.numel() && out.len() == axis.numel());
    assert!(mean.len() == length && scale.len() == length && shift.len() == length);
    if inner == 1 {
        return parallel::chunks(out, length, COST * length, |first, out| {
            let rows = x[first * length..].chunks(length).zip(out.chunks_mut(length));
            rows.for_each(|(x, out)| {
                vectorised(
                    #[inline(always)]
                    move || {
                        let count = out.len();
                        let (x, mean, scale, shift) = (&x[..count], &mean[..count], &scale[..count], &shift[..count]);
                        for (i, out) in out.iter_mut().enumerate() {
                            *out = (x[i] - mean[i]) * scale[i] + shift[i];
                        }
                    },
                );
            });
        });
    }
    parallel::chunks(out, inner, COST * inner, |first, out| {
        let blocks = x[first * inner..].chunks(inner).zip(out.chunks_mut(inner));
        for (c, (x, out)) in (first..).map(|i| i % length).zip(blocks) {
            let (mean, scale, shift) = (mean[c], scale[c], shift[c]);
            vectorised(
                #[inline(always)]
                move || {
                    for (out, &x) in out.iter_mut().zip(x) {
                        *out = (x - mean) * scale + shift;
                    }
                },
            );
        }
    });
}

/// Each row, as long as `weight` and `bias`, normalised by itself: `out = (x − mean) scale weight + bias`, where `scale` is
/// `1 / √(variance + epsilon)`. Gives `mean` and `scale` of every row too. Not `centred`, all means are 0.
///
/// A row goes through its three steps while the cache holds it.
pub fn normalize_rows<E: Kernels>(
    (centred, epsilon): (bool, E),
    x: &[E],
    weight: &[E],
    bias: &[E],
    out: &mut [E],
    mean: &mut [E],
    scale: &mut [E],
) {
    let length = weight.len();
    assert!(x.len() == out.len() && bias.len() == length && mean.len() == scale.len());
    assert!(x.len() == mean.len() * length);
    if length == 0 {
        // Rows of nothing have no mean.
        mean.fill(E::nan());
        return scale.fill(E::nan());
    }
    parallel::chunks3(
        (out, mean, scale),
        (length, 1, 1),
        COST * length,
        |first, out, mean, scale| {
            let rows = x[first * length..].chunks(length).zip(out.chunks_mut(length));
            for ((x, out), (mean, scale)) in rows.zip(mean.iter_mut().zip(scale)) {
                (*mean, *scale) = vectorised(
                    #[inline(always)]
                    move || normalize_row((centred, epsilon), x, weight, bias, out),
                );
            }
        },
    );
}

/// The gradient of `y = (x − mean) scale`, where `mean` and `scale`, the inverse of the standard deviation, follow from `x`:
/// `dx = scale (grad − Σgrad/n − y Σ(grad y)/n)` over the `n` entries of a channel. Where the means are 0 whatever `x` is, it
/// is `scale (grad − y Σ(grad y)/n)`.
pub fn normalize_gradient<E: Kernels>(
    axis: Axis,
    centred: bool,
    x: &[E],
    mean: &[E],
    scale: &[E],
    grad: &[E],
    dx: &mut [E],
) {
    let Axis { outer, length, inner } = axis;
    assert!(x.len() == axis.numel() && grad.len() == axis.numel() && dx.len() == axis.numel());
    assert!(mean.len() == length && scale.len() == length);
    let count = number::<E>(outer * inner);
    let (mut sums, mut dots) = (output(length), output(length));
    sums.fill(E::zero());
    dots.fill(E::zero());
    parallel::chunks2(
        (&mut sums[..], &mut dots[..]),
        (1, 1),
        COST * outer * inner,
        |first, sums, dots| {
            for (c, (sum, dot)) in (first..).zip(sums.iter_mut().zip(dots)) {
                for block in blocks(axis, c) {
                    let (x, grad) = (&x[block.clone()], &grad[block]);
                    let [of_gradient, of_products] = products(x, grad, mean[c]);
                    *sum += of_gradient;
                    *dot += of_products;
                }
                *sum = if centred { *sum / count } else { E::zero() };
                *dot *= scale[c] * scale[c] / count;
            }
        },
    );
    if inner == 1 {
        return parallel::chunks(dx, length, COST * length, |first, dx| {
            for (row, out) in (first..).zip(dx.chunks_mut(length)) {
                let (x, grad) = (&x[row * length..][..length], &grad[row * length..][..length]);
                let (sums, dots) = (&sums[..], &dots[..]);
                vectorised(
                    #[inline(always)]
                    move || {
                        let count = out.len();
                        let (x, grad, mean) = (&x[..count], &grad[..count], &mean[..count]);
                        let (scale, sums, dots) = (&scale[..count], &sums[..count], &dots[..count]);
                        for (i, out) in out.iter_mut().enumerate() {
                            *out = scale[i] * (grad[i] - sums[i] - (x[i] - mean[i]) * dots[i]);
                        }
                    },
                );
            }
        });
    }
    parallel::chunks(dx, inner, COST * inner, |first, dx| {
        for (i, out) in (first..).zip(dx.chunks_mut(inner)) {
            let c = i % length;
            let (x, grad) = (&x[i * inner..][..inner], &grad[i * inner..][..inner]);
            let (mean, scale, sum, dot) = (mean[c], scale[c], sums[c], dots[c]);
            vectorised(
                #[inline(always)]
                move || {
                    for ((out, &x), &grad) in out.iter_mut().zip(x).zip(grad) {
                        *out = scale * (grad - sum - (x - mean) * dot);
                    }
                },
            );
        }
    });
}

/// The entries of channel `c`, block by block.
fn blocks(Axis { outer, length, inner }: Axis, c: usize) -> impl Iterator<Item = Range<usize>> {
    (0..outer).map(move |o| (o * length + c) * inner..(o * length + c + 1) * inner)
}

/// A row's mean and scale, and the row normalised by them.
#[inline(always)]
fn normalize_row<E: Kernels>(
    (centred, epsilon): (bool, E),
    x: &[E],
    weight: &[E],
    bias: &[E],
    out: &mut [E],
) -> (E, E) {
    let count = number::<E>(x.len());
    let mean = if centred { total(x, |x| x) / count } else { E::zero() };
    let variance = total(x, |x| (x - mean) * (x - mean)) / count;
    let scale = (variance + epsilon).sqrt().recip();
    let length = out.len();
    let (x, weight, bias) = (&x[..length], &weight[..length], &bias[..length]);
    for (i, out) in out.iter_mut().enumerate() {
        *out = (x[i] - mean) * scale * weight[i] + bias[i];
    }
    (mean, scale)
}

/// `Σ f(x)`.
#[inline(always)]
fn total<E: Kernels>(x: &[E], f: impl Fn(E) -> E) -> E {
    let (whole, rest) = x.as_chunks::<LANES>();
    let mut sums = [E::zero(); LANES];
    for x in whole {
        for lane in 0..LANES {
            sums[lane] += f(x[lane]);
        }
    }
    sums.into_iter().chain(rest.iter().map(|&x| f(x))).sum()
}

/// `Σ grad` and `Σ grad (x − mean)`.
fn products<E: Kernels>(x: &[E], grad: &[E], mean: E) -> [E; 2] {
    vectorised(
        #[inline(always)]
        move || {
            let ((x, x_rest), (grad, grad_rest)) = (x.as_chunks::<LANES>(), grad.as_chunks::<LANES>());
            let (mut sums, mut products) = ([E::zero(); LANES], [E::zero(); LANES]);
            for (x, grad) in x.iter().zip(grad) {
                for lane in 0..LANES {
                    sums[lane] += grad[lane];
                    products[lane] += grad[lane] * (x[lane] - mean);
                }
            }
            let rest = x_rest.iter().zip(grad_rest).map(|(&x, &grad)| grad * (x - mean));
            [
                sums.into_iter().chain(grad_rest.iter().copied()).sum(),
                products.into_iter().chain(rest).sum(),
            ]
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::Random;

    /// Every kernel against the formulas as they are written down, over channels of every layout.
    #[test]
    fn channels_of_every_layout() {
        let mut random = Random::new(11);
        for (outer, length, inner) in [(1, 5, 7), (3, 4, 1), (2, 3, 40), (1, 1, 1), (4, 1, 3), (2, 0, 3)] {
            let axis = Axis { outer, length, inner };
            let (x, grad) = (random.numbers::<f64>(axis.numel()), random.numbers::<f64>(axis.numel()));
            let channel = |i: usize| i / inner % length;
            let count = (outer * inner) as f64;
            for centred in [true, false] {
                let (mut mean, mut variance) = (vec![9.0; length], vec![9.0; length]);
                moments(axis, centred, &x, &mut mean, &mut variance);
                let of = |c: usize, f: &dyn Fn(usize) -> f64| -> f64 {
                    (0..axis.numel()).filter(|&i| channel(i) == c).map(f).sum::<f64>() / count
                };
                for c in 0..length {
                    let expected = if centred { of(c, &|i| x[i]) } else { 0.0 };
                    assert!((mean[c] - expected).abs() < 1e-12);
                    assert!((variance[c] - of(c, &|i| (x[i] - expected).powi(2))).abs() < 1e-12);
                }

                let scale: Vec<f64> = variance.iter().map(|v| (v + 1e-3).sqrt().recip()).collect();
                let mut y = vec![9.0; axis.numel()];
                normalize_channels(axis, &x, &mean, &scale, &mean, &mut y);
                let mut dx = vec![9.0; axis.numel()];
                normalize_gradient(axis, centred, &x, &mean, &scale, &grad, &mut dx);
                for i in 0..axis.numel() {
                    let c = channel(i);
                    let normal = |i: usize| (x[i] - mean[c]) * scale[c];
                    assert!((y[i] - (normal(i) + mean[c])).abs() < 1e-12);
                    let sum = if centred { of(c, &|i| grad[i]) } else { 0.0 };
                    let dot = of(c, &|i| grad[i] * normal(i));
                    assert!((dx[i] - scale[c] * (grad[i] - sum - normal(i) * dot)).abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn rows_with_weights() {
        let mut random = Random::new(12);
        for (rows, length, centred) in [(3, 5, true), (1, 40, false), (2, 100, true), (4, 1, true), (0, 3, true)] {
            let x = random.numbers::<f64>(rows * length);
            let (weight, bias) = (random.numbers::<f64>(length), random.numbers::<f64>(length));
            let (mut y, mut mean, mut scale) = (vec![9.0; x.len()], vec![9.0; rows], vec![9.0; rows]);
            normalize_rows((centred, 1e-3), &x, &weight, &bias, &mut y, &mut mean, &mut scale);
            for row in 0..rows {
                let x = &x[row * length..][..length];
                let of_row = |f: &dyn Fn(f64) -> f64| x.iter().map(|&x| f(x)).sum::<f64>() / length as f64;
                let centre = if centred { of_row(&|x| x) } else { 0.0 };
                let inverse = (of_row(&|x| (x - centre).powi(2)) + 1e-3).sqrt().recip();
                assert!((mean[row] - centre).abs() < 1e-12 && (scale[row] - inverse).abs() < 1e-12 * inverse);
                for column in 0..length {
                    let expected = (x[column] - centre) * inverse * weight[column] + bias[column];
                    assert!((y[row * length + column] - expected).abs() < 1e-12 * inverse);
                }
            }
        }
    }
}
