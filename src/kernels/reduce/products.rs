//! Products.

use super::fold::fold_axis;
use super::{Axis, Kernels, LANES};
use crate::kernels::simd::vectorised;

/// The product of all, in as many products as there are lanes.
pub fn product<E: Kernels>(x: &[E]) -> E {
    vectorised(
        #[inline(always)]
        move || {
            let (whole, rest) = x.as_chunks::<LANES>();
            let mut products = [E::one(); LANES];
            for x in whole {
                for lane in 0..LANES {
                    products[lane] *= x[lane];
                }
            }
            products.iter().chain(rest).fold(E::one(), |product, &x| product * x)
        },
    )
}

/// `out[o, i] = Π_l x[o, l, i]`.
pub fn product_axis<E: Kernels>(axis: Axis, x: &[E], out: &mut [E]) {
    fold_axis(axis, E::one(), x, out, product, |product, x| product * x);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::reduce::testing::{lines, random_axis};
    use crate::kernels::testing::{ROUNDS, Random, assert_close, garbage};

    #[test]
    fn products_along_an_axis() {
        for seed in 0..ROUNDS {
            let mut random = Random::new(seed);
            let axis = random_axis(&mut random);
            let x = random.numbers::<f64>(axis.numel());
            let mut products = garbage(axis.reduced());
            product_axis(axis, &x, &mut products);
            let expected: Vec<f64> = lines(axis, &x).iter().map(|line| line.iter().product()).collect();
            assert_close(&products, &expected, 1e-13);
        }
    }

    #[test]
    fn a_short_product() {
        assert_eq!(product(&[2.0, 3.0, -4.0]), -24.0);
    }
}
