//! A small network that is trained and used without a graph: nothing is allocated, and nothing can fail while it runs.
//!
//! It learns to balance a pendulum that stands on its head: the torque that a controller with perfect knowledge would apply,
//! from the sine and cosine of the angle and the speed. Then it balances one.
//!
//! ```sh
//! cargo run --release --example small_network
//! ```

use std::time::Instant;
use tintype::prelude::*;

/// The network: its sizes are the compiler's business from here on.
#[derive(Module)]
#[module(sequence)]
struct Controller {
    input: Linear<3, 32>,
    relu1: ReLU,
    hidden: Linear<32, 32>,
    relu2: ReLU,
    torque: Linear<32, 1>,
}

impl Controller {
    fn new(rng: &mut StdRng) -> Self {
        Controller {
            input: Linear::new(rng),
            relu1: ReLU,
            hidden: Linear::new(rng),
            relu2: ReLU,
            torque: Linear::new(rng),
        }
    }
}

const BATCH: usize = 32;
const STEPS: usize = 20_000;

/// A pendulum's angle from upright, in radians, and its speed.
#[derive(Clone, Copy)]
struct Pendulum {
    angle: f32,
    speed: f32,
}

impl Pendulum {
    /// What the network sees.
    fn seen(self) -> [f32; 3] {
        [self.angle.sin(), self.angle.cos(), self.speed]
    }

    /// The torque that brings it back to rest.
    fn right_torque(self) -> f32 {
        -2.0 * self.angle.sin() - self.speed
    }

    /// A fiftieth of a second later.
    fn after(self, torque: f32) -> Self {
        const SECONDS: f32 = 0.02;
        let speed = self.speed + SECONDS * (self.angle.sin() + torque);
        Pendulum {
            angle: self.angle + SECONDS * speed,
            speed,
        }
    }
}

/// Numbers from −1 to 1, one after the other, that look random.
fn next(state: &mut u32) -> f32 {
    *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    (*state >> 8) as f32 / (1 << 23) as f32 - 1.0
}

fn main() {
    let mut controller = Controller::new(&mut StdRng::seed_from_u64(0));
    let mut optimizer = Adam::new(1e-3);
    let mut workspace = Workspace::<Controller, Rank2<BATCH, 3>>::new(); // the last allocation
    let mut state = 1;

    let start = Instant::now();
    let mut loss = f32::NAN;
    for step in 0..STEPS {
        let pendulums: [Pendulum; BATCH] = std::array::from_fn(|_| Pendulum {
            angle: 3.0 * next(&mut state),
            speed: 2.0 * next(&mut state),
        });
        let seen = pendulums.map(Pendulum::seen);
        let right = pendulums.map(|pendulum| [pendulum.right_torque()]);
        loss = workspace.mse_loss(&controller, &seen, &right);
        optimizer.step(&mut controller, &workspace);
        if step % 4000 == 0 {
            println!("step {step:6}: loss {loss:.5}");
        }
    }
    let each = start.elapsed().as_secs_f64() / STEPS as f64;
    println!(
        "{STEPS} steps of {BATCH} samples, {:.2} µs each: loss {loss:.5}",
        1e6 * each
    );
    assert!(loss < 0.01);

    let mut pendulum = Pendulum { angle: 1.0, speed: 0.0 };
    let start = Instant::now();
    const TICKS: usize = 1000;
    for _ in 0..TICKS {
        let [torque] = controller.infer(&pendulum.seen());
        pendulum = pendulum.after(torque);
    }
    let each = start.elapsed().as_secs_f64() / TICKS as f64;
    println!(
        "balanced for {TICKS} ticks, {:.0} ns each: {:+.3} rad from upright",
        1e9 * each,
        pendulum.angle
    );
    assert!(pendulum.angle.abs() < 0.1);
}
