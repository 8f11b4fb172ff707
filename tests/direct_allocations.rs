//! What is allocated by networks that run without a graph: nothing.
//!
//! One test, since the allocator counts for the whole process.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use tintype::prelude::*;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

struct Counting;

// SAFETY: every call goes to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
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

/// The allocations of a call that has been made before. The least of several runs: what other threads do counts too.
fn allocations(mut run: impl FnMut()) -> usize {
    let mut count = || {
        let before = ALLOCATIONS.load(Ordering::Relaxed);
        run();
        ALLOCATIONS.load(Ordering::Relaxed) - before
    };
    count();
    (0..8).map(|_| count()).min().expect("eight runs")
}

/// On one thread: what is handed to others is allocated by who hands it.
#[test]
fn a_steady_step_allocates_nothing() {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("one thread");
    pool.install(steady_steps);
}

fn steady_steps() {
    let rng = &mut StdRng::seed_from_u64(0);

    type Net = (Linear<4, 32>, ReLU, Linear<32, 32>, ReLU, Linear<32, 2>);
    let mut net: Net = (Linear::new(rng), ReLU, Linear::new(rng), ReLU, Linear::new(rng));
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    let action = net.infer(&[0.1, 0.2, 0.3, 0.4]);
    assert_eq!(ALLOCATIONS.load(Ordering::Relaxed), before, "not even the first time");
    assert!(action[0].is_finite());
    assert_eq!(allocations(|| assert!(net.infer(&[[0.1; 4]; 8])[7][1].is_finite())), 0);

    fn steps<const B: usize>(net: &mut Net, optimizer: &mut impl Optimizer) -> usize {
        let mut workspace = Workspace::<Net, Rank2<B, 4>>::new();
        allocations(|| {
            workspace.mse_loss(net, &[[0.5; 4]; B], &[[1.0, -1.0]; B]);
            optimizer.step(net, &workspace);
        })
    }
    assert_eq!(steps::<1>(&mut net, &mut Sgd::new(1e-3)), 0);
    assert_eq!(steps::<32>(&mut net, &mut Sgd::new(1e-3).momentum(0.9)), 0);
    assert_eq!(steps::<32>(&mut net, &mut Adam::new(1e-3)), 0);
    assert_eq!(steps::<32>(&mut net, &mut AdamW::new(1e-3).amsgrad(true)), 0);

    type LeNet = (
        Conv2d<1, 8, 5>,
        ReLU,
        MaxPool2d<2>,
        Conv2d<8, 16, 5>,
        ReLU,
        MaxPool2d<2>,
        Flatten,
        Linear<256, 10>,
    );
    let (first, second) = (Conv2d::new(rng), Conv2d::new(rng));
    let mut lenet: LeNet = (
        first,
        ReLU,
        MaxPool2d::new(),
        second,
        ReLU,
        MaxPool2d::new(),
        Flatten,
        Linear::new(rng),
    );
    let x = Tensor4::<64, 1, 28, 28>::randn(rng);
    let labels = Labels::<64, 10>::try_from([3; 64]).expect("less than 10");
    let mut workspace = Workspace::<LeNet, Rank4<64, 1, 28, 28>>::new();
    let mut adam = Adam::new(1e-3);
    let step = || {
        workspace.cross_entropy(&lenet, &x, &labels);
        adam.step(&mut lenet, &workspace);
    };
    assert_eq!(allocations(step), 0);

    type Others = (
        LayerNorm<8>,
        [Linear<8, 8>; 3],
        Residual<(RmsNorm<8>, GELU)>,
        Dropout,
        Sigmoid,
        Linear<8, 2>,
    );
    let layers = [Linear::new(rng), Linear::new(rng), Linear::new(rng)];
    let block = Residual((RmsNorm::new(), GELU));
    let mut others: Others = (
        LayerNorm::new(),
        layers,
        block,
        Dropout::new(0.1),
        Sigmoid,
        Linear::new(rng),
    );
    let mut workspace = Workspace::<Others, Rank2<16, 8>>::new();
    let step = || {
        workspace.mse_loss(&others, &[[0.5; 8]; 16], &[[0.0; 2]; 16]);
        Sgd::new(0.1).step(&mut others, &workspace);
    };
    assert_eq!(allocations(step), 0);
}
