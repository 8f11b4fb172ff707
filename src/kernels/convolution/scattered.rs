//! The input's gradient as a matrix product and a scatter: the transposed weights by the gradient of the output give, for
//! every position, what each entry of the window there is to receive; then each is added where it belongs.
//!
//! The sweep over the padded gradient multiplies with zeros wherever a window would hang over. Where kernels are large
//! for their image, or where few input channels leave the register tiles half empty, this does less.

use super::super::buffers::{Buffer, Solid, output};
use super::super::matmul::{MatMul, matmul_columns};
use super::super::simd::{Vector, VectorTask, with_vectors};
use super::super::window::for_each_row;
use super::super::{Kernels, parallel};
use super::Convolution;
use super::sweep::Plan;
use core::ops::Range;

/// Bytes of products that are scattered together, so that they stay in the second-level cache.
const BLOCK: usize = 1 << 17;

/// What it costs to scatter a product, in multiplications of the matrix product: in order, and with strides.
const SCATTER: [usize; 2] = [8, 24];

/// The input channels for which a sweep takes no less time than for this many.
const LEAST_ROWS: usize = 3;

/// The products of one tap along a row of output positions.
#[derive(Clone, Copy)]
#[repr(C)]
struct Row {
    tap: usize,
    /// The first position, and how many they are.
    position: usize,
    count: usize,
    /// Where in the input's plane the first belongs, and from one to the next.
    place: usize,
    step: usize,
}

// SAFETY: numbers of one size.
unsafe impl Solid for Row {
    const PLAIN: bool = true;
}

pub struct Scattered<'a> {
    sizes: &'a Convolution,
    rows: Buffer<Row>,
    /// How many there are.
    count: usize,
}

impl Scattered<'_> {
    /// Where this is faster than the sweep of `plan`, and there are images and groups enough for all threads.
    pub fn instead_of<'a>(plan: &Plan, sizes: &'a Convolution) -> Option<Scattered<'a>> {
        let (inputs, outs) = (sizes.group_inputs(), sizes.group_outputs());
        let swept = plan.products() * outs * inputs.max(LEAST_ROWS);
        let scatter = SCATTER[(sizes.windows[2].stride > 1) as usize];
        let scattered = sizes.output_plane() * sizes.taps() * inputs * (outs + scatter);
        let pays = 10 * scattered < 9 * swept && sizes.batch * sizes.groups >= parallel::threads();
        pays.then(|| Scattered::new(sizes))
    }

    fn new(sizes: &Convolution) -> Scattered<'_> {
        let [out_depth, out_height, _] = sizes.output();
        let mut rows = output(sizes.taps() * out_depth * out_height);
        let mut count = 0;
        for_each_row(&sizes.windows, |tap, row| {
            rows[count] = Row {
                tap,
                position: row.out.start,
                count: row.out.len(),
                place: row.source,
                step: row.step,
            };
            count += 1;
        });
        Scattered { sizes, rows, count }
    }

    /// `dx`, from the gradient of the output.
    pub fn input_gradient<E: Kernels>(&self, grad: &[E], weight: &[E], dx: &mut [E]) {
        let sizes = self.sizes;
        let (inputs, outs, positions) = (sizes.group_inputs(), sizes.group_outputs(), sizes.output_plane());
        let entries = inputs * sizes.taps();
        let [_, _, width] = sizes.output();
        let together = (BLOCK / (entries * width * size_of::<E>())).clamp(1, positions / width) * width;
        let product = MatMul::new(entries, outs, positions).transpose_a();
        let cost = entries * positions * (outs + SCATTER[0]) / 16;
        parallel::chunks(dx, inputs * sizes.input_plane(), cost, |first, dx| {
            let mut products = output(entries * together);
            for (i, dx) in dx.chunks_mut(inputs * sizes.input_plane()).enumerate() {
                dx.fill(E::zero());
                let unit = first + i;
                let weight = &weight[unit % sizes.groups * outs * entries..][..outs * entries];
                let grad = &grad[unit * outs * positions..][..outs * positions];
                for first in (0..positions).step_by(together) {
                    let block = first..(first + together).min(positions);
                    let products = &mut products[..entries * block.len()];
                    matmul_columns(product, weight, grad, block.clone(), products);
                    with_vectors(Scatter {
                        scattered: self,
                        products,
                        block,
                        dx,
                    });
                }
            }
        });
    }
}

/// Adds the products at a block of positions to the gradient of one group's input.
struct Scatter<'a, E> {
    scattered: &'a Scattered<'a>,
    /// Entries of the window × positions.
    products: &'a [E],
    block: Range<usize>,
    dx: &'a mut [E],
}

impl<E: Kernels> VectorTask<E> for Scatter<'_, E> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector<E>>(self) {
        let Scattered { sizes, rows, .. } = self.scattered;
        let rows = &rows[..self.scattered.count];
        let count = self.block.len();
        let products = self.products.chunks_exact(sizes.taps() * count);
        for (dx, products) in self.dx.chunks_exact_mut(sizes.input_plane()).zip(products) {
            for row in rows.iter().filter(|row| self.block.contains(&row.position)) {
                let products = &products[row.tap * count + row.position - self.block.start..][..row.count];
                let dx = &mut dx[row.place..];
                if row.step != 1 {
                    let dx = dx.iter_mut().step_by(row.step);
                    dx.zip(products).for_each(|(dx, &product)| *dx += product);
                    continue;
                }
                let dx = &mut dx[..row.count];
                for (dx, products) in dx.chunks_mut(V::LANES).zip(products.chunks(V::LANES)) {
                    let (to, from) = (dx.as_mut_ptr(), products.as_ptr());
                    // SAFETY: both have as many entries; the caller vouches for the instructions.
                    unsafe {
                        let sum = V::load_up_to(to, products.len()).add(V::load_up_to(from, products.len()));
                        sum.store_up_to(to, products.len());
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{for_each_product, random_sizes};
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    fn check<E: Kernels>(sizes: &Convolution, random: &mut Random, tolerance: f64) {
        let grad = random.numbers::<E>(sizes.output_len());
        let weight = random.numbers::<E>(sizes.weight_len());
        let mut expected = vec![E::zero(); sizes.input_len()];
        for_each_product(sizes, |o, i, w| expected[i] += grad[o] * weight[w]);
        let mut dx = garbage(expected.len());
        Scattered::new(sizes).input_gradient(&grad, &weight, &mut dx);
        assert_close(&dx, &expected, tolerance);
    }

    #[test]
    fn random_geometries() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            if let Some(sizes) = random_sizes(&mut random) {
                check::<f32>(&sizes, &mut random, 2e-5);
                check::<f64>(&sizes, &mut random, 1e-13);
            }
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn in_several_blocks() {
        let sizes = Convolution::new(1, 3, 7, [60, 60], [7, 7])
            .stride([2, 2])
            .padding([(3, 3), (3, 3)]);
        check::<f32>(&sizes, &mut Random::new(0), 2e-5);
    }
}
