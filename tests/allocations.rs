//! A steady training step allocates nothing: what it works with comes back by size.
//!
//! One test, since the allocator counts for the whole process.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use tintype::prelude::*;

thread_local! {
    /// The allocations of this thread.
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: every call goes to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        // SAFETY: the caller's.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most allocations of a step, after two to get used to it.
fn allocations(mut step: impl FnMut()) -> usize {
    let count = |step: &mut dyn FnMut()| {
        let before = ALLOCATIONS.get();
        step();
        ALLOCATIONS.get() - before
    };
    count(&mut step);
    count(&mut step);
    (0..3).map(|_| count(&mut step)).max().expect("three steps")
}

#[test]
fn a_steady_step_allocates_nothing() {
    let mut rng = StdRng::seed_from_u64(0);

    let mut small = (
        Linear::<4, 32>::new(&mut rng),
        ReLU,
        Linear::<32, 32>::new(&mut rng),
        ReLU,
        Linear::<32, 2>::new(&mut rng),
    );
    let (x, target) = (Tensor2::<8, 4>::randn(&mut rng), Tensor2::<8, 2>::randn(&mut rng));
    let mut sgd = Sgd::new(1e-3).momentum(0.9);
    let of_small = allocations(|| {
        let gradients = small.forward(&x).mse_loss(&target).backward();
        sgd.step(&mut small, &gradients);
    });

    let mut lenet = (
        Conv2d::<1, 8, 5>::new(&mut rng),
        ReLU,
        MaxPool2d::<2>::new(),
        Conv2d::<8, 16, 5>::new(&mut rng),
        ReLU,
        MaxPool2d::<2>::new(),
        Flatten,
        Linear::<256, 10>::new(&mut rng),
    );
    let images = Tensor4::<16, 1, 28, 28>::randn(&mut rng);
    let labels = Labels::<16, 10>::try_from(std::array::from_fn::<usize, 16, _>(|i| i % 10)).unwrap();
    let mut adam = Adam::new(1e-3);
    let of_lenet = allocations(|| {
        let gradients = lenet.forward(&images).cross_entropy(&labels).backward();
        adam.step(&mut lenet, &gradients);
    });

    let x = Tensor1::<100_000>::randn(&mut rng).requires_grad();
    let of_chain = allocations(|| drop((&x * 2.0 + 1.0).relu().tanh().mean().backward()));

    assert_eq!((of_small, of_lenet, of_chain), (0, 0, 0));
}
