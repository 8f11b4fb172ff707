//! The gradient of the kernels: products of transformed gradients and tiles, summed over all tiles.

use super::super::super::Kernels;
use super::super::super::simd::{MOST_LANES, Vector, VectorTask};
use super::transforms::{kernel_gradient_transform, rows_of};
use super::{IN, KERNEL, PRODUCTS, Winograd};

/// Sums the products of transformed gradients and tiles, to products × output channels × channels. Whoever makes one vouches that
/// the numbers of a channel go as far as the [pitch](Winograd::pitch), with zeros behind the tiles.
pub struct Sums<'a, E> {
    pub sizes: &'a Winograd,
    pub sources: &'a [E],
    pub gradients: &'a [E],
    pub pitch: usize,
    pub tiles: usize,
    pub sums: &'a mut [E],
}

impl<E: Kernels> VectorTask<E> for Sums<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(mut self) {
        let outs = self.sizes.outs;
        for product in 0..PRODUCTS {
            for out in (0..outs / 2 * 2).step_by(2) {
                // SAFETY: the caller's instructions.
                unsafe { self.add_outs::<V, 2>(product, out) };
            }
            if outs % 2 == 1 {
                // SAFETY: as above.
                unsafe { self.add_outs::<V, 1>(product, outs - 1) };
            }
        }
    }
}

impl<E: Kernels> Sums<'_, E> {
    #[inline(always)]
    unsafe fn add_outs<V: Vector<E>, const O: usize>(&mut self, product: usize, out: usize) {
        let channels = self.sizes.channels;
        // SAFETY: the caller's.
        unsafe {
            V::apart(
                #[inline(always)]
                || {
                    let fours = channels / 4 * 4;
                    for channel in (0..fours).step_by(4) {
                        self.add::<V, O, 4>(product, out, channel);
                    }
                    for channel in fours..channels {
                        self.add::<V, O, 1>(product, out, channel);
                    }
                },
            );
        }
    }

    #[inline(always)]
    unsafe fn add<V: Vector<E>, const O: usize, const C: usize>(&mut self, product: usize, out: usize, channel: usize) {
        let Winograd { channels, outs, .. } = *self.sizes;
        // SAFETY: all within the slices.
        unsafe {
            let gradients = self.gradients.as_ptr().add((product * outs + out) * self.pitch);
            let sources = self.sources.as_ptr().add((product * channels + channel) * self.pitch);
            let mut sums = [[V::splat(E::zero()); O]; C];
            for tile in (0..self.tiles).step_by(V::LANES) {
                let mut g = [V::splat(E::zero()); O];
                for (o, g) in g.iter_mut().enumerate() {
                    *g = V::load(gradients.add(o * self.pitch + tile));
                }
                for (c, sums) in sums.iter_mut().enumerate() {
                    let x = V::load(sources.add(c * self.pitch + tile));
                    for (sum, &g) in sums.iter_mut().zip(&g) {
                        *sum = x.mul_add(g, *sum);
                    }
                }
            }
            for (c, sums) in sums.into_iter().enumerate() {
                for (o, sum) in sums.into_iter().enumerate() {
                    self.sums[(product * outs + out + o) * channels + channel + c] += sum.total();
                }
            }
        }
    }
}

/// Transforms the sums back, to the gradient of the weights. Whoever makes one vouches that there are as many sums as the sizes say.
pub struct KernelGradients<'a, E> {
    pub sizes: &'a Winograd,
    pub sums: &'a [E],
    pub dw: &'a mut [E],
}

impl<E: Kernels> VectorTask<E> for KernelGradients<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        // Output channel by channel, the places of `dw` run on.
        let pairs = self.sizes.outs * self.sizes.channels;
        let mut taps = [[E::zero(); MOST_LANES]; KERNEL * KERNEL];
        for first in (0..pairs).step_by(V::LANES) {
            let count = V::LANES.min(pairs - first);
            // SAFETY: the caller's instructions; all within the slices.
            unsafe {
                V::apart(
                    #[inline(always)]
                    || {
                        let sum = |i: usize| {
                            let from = self.sums.as_ptr().add(i * pairs + first);
                            V::load_up_to(from, count)
                        };
                        let column = |j: usize| core::array::from_fn(|i| sum(i * IN + j));
                        let rows = rows_of::<E, V, IN, KERNEL>(|j| kernel_gradient_transform(column(j)));
                        for (i, row) in rows.into_iter().enumerate() {
                            for (j, g) in kernel_gradient_transform(row).into_iter().enumerate() {
                                g.store(taps[i * KERNEL + j].as_mut_ptr());
                            }
                        }
                    },
                );
            }
            for (lane, dw) in self.dw[first * KERNEL * KERNEL..]
                .chunks_mut(KERNEL * KERNEL)
                .take(count)
                .enumerate()
            {
                dw.iter_mut().zip(&taps).for_each(|(dw, tap)| *dw = tap[lane]);
            }
        }
    }
}
