//! Convolution by a kernel of one entry: a matrix product of the weights with each image, channels × positions. With
//! strides, the positions that are met are gathered first.

use super::super::buffers::{Buffer, output};
use super::super::matmul::{Batch, MatMul, batched_matmul, matmul};
use super::super::{Kernels, parallel};
use super::Convolution;
use super::planes::Planes;

/// The least number of rows of a product for which packing its right side pays.
const ROWS: usize = 16;

pub struct Pointwise<'a> {
    sizes: &'a Convolution,
    /// The positions that are met, where they are not all.
    planes: Option<Planes>,
    positions: usize,
}

impl Pointwise<'_> {
    /// Where the sizes allow it, and products of so many rows pay.
    pub fn of(sizes: &Convolution, rows: usize) -> Option<Pointwise<'_>> {
        let one = |window: &super::Window| window.kernel == 1 && window.padding == (0, 0);
        let pays = sizes.groups == 1 && rows >= ROWS && sizes.windows.iter().all(one) && sizes.output_len() > 0;
        pays.then(|| {
            let planes = sizes.input_planes();
            Pointwise {
                sizes,
                planes: (!planes.are_images()).then_some(planes),
                positions: sizes.output_plane(),
            }
        })
    }

    /// The batch of products of the weights with images of so many channels.
    fn batch(&self, channels: usize) -> Batch {
        Batch {
            count: self.sizes.batch,
            a_stride: 0,
            b_stride: channels * self.positions,
        }
    }

    /// The positions that are met in all images.
    fn gather<E: Kernels>(&self, x: &[E]) -> Option<Buffer<E>> {
        let planes = self.planes?;
        let mut gathered = planes.buffer(self.sizes.batch * self.sizes.in_channels);
        let length = self.sizes.batch * self.sizes.in_channels * planes.channel();
        planes.fill_in_parallel(x, &mut gathered[..length]);
        Some(gathered)
    }

    /// `out = x * weight + bias`.
    pub fn convolve<E: Kernels>(&self, x: &[E], weight: &[E], bias: Option<&[E]>, out: &mut [E]) {
        let Convolution {
            in_channels,
            out_channels,
            ..
        } = *self.sizes;
        let gathered = self.gather(x);
        let x = gathered.as_deref().unwrap_or(x);
        if let Some(bias) = bias {
            let planes = out.chunks_mut(self.positions).zip(bias.iter().cycle());
            planes.for_each(|(out, &bias)| out.fill(bias));
        }
        let sizes = MatMul::new(out_channels, in_channels, self.positions);
        batched_matmul(sizes, self.batch(in_channels), weight, x, out, bias.is_some());
    }

    /// `dx`, from the gradient of the output.
    pub fn input_gradient<E: Kernels>(&self, grad: &[E], weight: &[E], dx: &mut [E]) {
        let Convolution {
            batch,
            in_channels,
            out_channels,
            ..
        } = *self.sizes;
        let sizes = MatMul::new(in_channels, out_channels, self.positions).transpose_a();
        let Some(planes) = self.planes else {
            return batched_matmul(sizes, self.batch(out_channels), weight, grad, dx, false);
        };
        let mut gathered = output(batch * in_channels * self.positions);
        batched_matmul(sizes, self.batch(out_channels), weight, grad, &mut gathered, false);
        parallel::chunks(dx, self.sizes.input_plane(), self.sizes.input_plane(), |first, dx| {
            planes.scatter(&gathered[first * self.positions..], dx);
        });
    }

    /// `dw`, from the input and the gradient of the output.
    pub fn weight_gradient<E: Kernels>(&self, x: &[E], grad: &[E], dw: &mut [E]) {
        let Convolution {
            in_channels,
            out_channels,
            ..
        } = *self.sizes;
        let gathered = self.gather(x);
        let x = gathered.as_deref().unwrap_or(x);
        let sizes = MatMul::new(out_channels, self.positions, in_channels).transpose_b();
        let images = x.chunks_exact(in_channels * self.positions);
        for (i, (x, grad)) in images.zip(grad.chunks_exact(out_channels * self.positions)).enumerate() {
            matmul(sizes, grad, x, dw, i > 0);
        }
    }
}
