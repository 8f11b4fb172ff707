//! Matrix products in the libraries that do nothing else.

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use harness::{Harness, Numbers};

fn main() {
    let harness = Harness::new("gemm");
    let (faer, matrixmultiply) = (harness.of("faer"), harness.of("matrixmultiply"));
    let many = harness.threads > 1;
    let numbers = &mut Numbers::default();
    for (name, n) in [("M1", 64), ("M2", 256), ("M3", 1024)] {
        let (a, b, mut c) = (numbers.vec(n * n, 1.0), numbers.vec(n * n, 1.0), vec![0.0; n * n]);
        let row = n as isize;
        let threads = if many {
            gemm::Parallelism::Rayon(harness.threads)
        } else {
            gemm::Parallelism::None
        };
        harness.time(name, || {
            let (out, a, b) = (c.as_mut_ptr(), a.as_ptr(), b.as_ptr());
            // SAFETY: three row-major matrices of n×n.
            unsafe {
                gemm::gemm(
                    n, n, n, out, 1, row, false, a, 1, row, b, 1, row, 0.0, 1.0, false, false, false, threads,
                )
            }
        });
        matrixmultiply.time(name, || {
            // SAFETY: as above.
            unsafe {
                matrixmultiply::sgemm(
                    n,
                    n,
                    n,
                    1.0,
                    a.as_ptr(),
                    row,
                    1,
                    b.as_ptr(),
                    row,
                    1,
                    0.0,
                    c.as_mut_ptr(),
                    row,
                    1,
                )
            }
        });
        faer.time(name, || {
            matmul(
                MatMut::from_row_major_slice_mut(&mut c, n, n),
                Accum::Replace,
                MatRef::from_row_major_slice(&a, n, n),
                MatRef::from_row_major_slice(&b, n, n),
                1.0,
                if many { Par::rayon(harness.threads) } else { Par::Seq },
            )
        });
    }
}
