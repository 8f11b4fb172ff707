//! A small convolutional network learns to read handwritten digits.
//!
//! `cargo run --release --example mnist`, and `-- --help` for the options.

use indicatif::{ProgressBar, ProgressStyle};
use lexopt::prelude::*;
use rand::RngExt;
use std::error::Error;
use std::f64::consts::PI;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use tintype::data::{Digit, Digits, Mnist};
use tintype::prelude::*;

const HELP: &str = "\
Trains a small convolutional network on handwritten digits, and says how many of those it has not seen it reads right.

Usage: cargo run --release --example mnist -- [options]

  --epochs N   how often to go through the training digits (default: 30)
  --data DIR   the folder with the four MNIST files, .gz or not (default: the 10,000 digits of this repository)
  --seed N     the seed of all random numbers; the same seed gives the same network
                on as many threads (default: 0)
  --save FILE  where to put the weights, in the safetensors format (default: target/mnist.safetensors)
  --summary    print the network first: its layers, their shapes, parameters and multiply-adds
  --help       this text";

/// The sizes are in the types: a layer that does not fit the one before it does not compile.
#[derive(Module, Clone)]
#[module(sequence)]
struct Net {
    conv1: Conv2d<1, 12, 5>, // 1×28×28 -> 12×24×24
    relu1: ReLU,
    pool1: MaxPool2d<2>,      // -> 12×12×12
    conv2: Conv2d<12, 24, 5>, // -> 24×8×8
    relu2: ReLU,
    pool2: MaxPool2d<2>, // -> 24×4×4
    flatten: Flatten,    // -> 384
    output: Linear<384, 10>,
}

impl Net {
    fn new(rng: &mut StdRng) -> Self {
        Net {
            conv1: Conv2d::new(rng),
            relu1: ReLU,
            pool1: MaxPool2d::new(),
            conv2: Conv2d::new(rng),
            relu2: ReLU,
            pool2: MaxPool2d::new(),
            flatten: Flatten,
            output: Linear::new(rng),
        }
    }
}

/// Digits per training step.
const BATCH: usize = 64;
/// Digits per step of the evaluation.
const TEST_BATCH: usize = 256;
/// The learning rate that training begins with. It falls to zero along a cosine.
const RATE: f64 = 4e-3;
/// How far, in pixels, a training digit is moved at random in either direction.
const SHIFT: i32 = 2;

fn main() -> ExitCode {
    let options = match Options::read() {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("mnist: {error} (--help lists the options)");
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mnist: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let digits = Mnist::load(&options.data)?;
    make_room_for(&options.save)?;

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut net = Net::new(&mut rng);
    if options.summary {
        println!("{}", net.summary::<Tensor4<BATCH, 1, 28, 28>>());
    }
    println!(
        "{} digits to train on, {} to test on, {} parameters",
        digits.train.len(),
        digits.test.len(),
        net.parameter_count()
    );
    train(&mut net, &digits.train, options.epochs, &mut rng)?;

    tintype::io::save(&net, &options.save)?;
    println!("weights saved to {}", options.save.display());

    let mistakes = mistakes(&net.freeze(), &digits.test);
    show(&mistakes, &digits.test);
    let (correct, all) = (digits.test.len() - mistakes.len(), digits.test.len());
    let percent = 100.0 * correct as f64 / all as f64;
    println!("test accuracy: {percent:.2} % ({correct} of {all})");
    Ok(())
}

fn train(net: &mut Net, digits: &Digits, epochs: usize, rng: &mut StdRng) -> tintype::Result<()> {
    let mut optimizer = Adam::new(RATE);
    let steps = epochs * digits.batches::<BATCH>().drop_last().len();
    let mut step = 0;
    for epoch in 1..=epochs {
        let batches = digits.batches::<BATCH>().shuffle(rng).drop_last();
        let (count, bar, begin) = (batches.len(), progress(batches.len(), epoch, epochs), Instant::now());
        let summary = |total: f64, batches: usize| {
            let rate = (batches * BATCH) as f64 / begin.elapsed().as_secs_f64();
            format!("loss {:.4}, {rate:.0} digits/s", total / batches as f64)
        };
        let mut total = 0.0;
        for (done, batch) in batches.enumerate() {
            let images: Tensor4<BATCH, 1, 28, 28> = batch.stack(|digit| shifted(digit, rng));
            let labels: Labels<BATCH, 10> = batch.labels(|digit| digit.label)?;

            let loss = net.forward(&images).cross_entropy(&labels);
            total += f64::from(loss.item());
            let gradients = loss.backward();
            optimizer.set_learning_rate(RATE / 2.0 * (1.0 + (PI * step as f64 / steps as f64).cos()));
            optimizer.step(net, &gradients);

            step += 1;
            bar.set_message(summary(total, done + 1));
            bar.inc(1);
        }
        bar.finish_and_clear();
        println!("epoch {epoch:2} of {epochs}: {}", summary(total, count));
    }
    Ok(())
}

/// A bar on the standard error, where that is a terminal; nothing where it is not.
fn progress(batches: usize, epoch: usize, epochs: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} {wide_bar} {msg}").expect("the template is well-formed");
    ProgressBar::new(batches as u64)
        .with_style(style)
        .with_prefix(format!("epoch {epoch:2} of {epochs}"))
}

/// A digit, moved at random by a few pixels: what it is does not change, and there are 25 times as many to learn from.
fn shifted(digit: &Digit, rng: &mut StdRng) -> Tensor3<1, 28, 28> {
    let mut shift = || rng.random_range(-SHIFT..=SHIFT);
    let (down, right) = (shift(), shift());
    let pixels = digit.image.as_slice();
    Tensor3::from_fn(|i| {
        let (row, column) = ((i / 28) as i32 - down, (i % 28) as i32 - right);
        let inside = (0..28).contains(&row) && (0..28).contains(&column);
        if inside {
            pixels[(28 * row + column) as usize]
        } else {
            0.0
        }
    })
}

/// The digits that a network gets wrong: the index of each, and what the network takes it for.
///
/// The network is frozen: that it evaluates and does not learn is its type. Every digit is looked at once; of the places that
/// the last batch leaves over, nothing is said.
fn mistakes(net: &FrozenNet, digits: &Digits) -> Vec<(usize, usize)> {
    let wrong = digits.batches::<TEST_BATCH>().flat_map(|batch| {
        let images: Tensor4<TEST_BATCH, 1, 28, 28> = batch.stack(|digit| digit.image.clone());
        let logits: Tensor2<TEST_BATCH, 10> = net.forward(&images);
        let said = logits.argmax_axis::<1>();
        let answers = said.into_iter().zip(batch.indices().to_vec());
        answers
            .filter(|&(said, index)| said != digits.label(index))
            .collect::<Vec<_>>()
    });
    wrong.map(|(said, index)| (index, said)).collect()
}

/// Draws the first few of the digits that were read wrong, side by side.
fn show(mistakes: &[(usize, usize)], digits: &Digits) {
    const INK: &[u8] = b" .:-=+*#%@";
    let shown = &mistakes[..mistakes.len().min(3)];
    if shown.is_empty() {
        return;
    }
    println!("\n{} digits were read wrong, such as:\n", mistakes.len());
    // Two rows of pixels make one of text, and the margins are left out.
    for row in (2..26).step_by(2) {
        let line = shown.iter().map(|&(index, _)| {
            let pixel = |row: usize, column: usize| usize::from(digits.pixels(index)[28 * row + column]);
            let ink = |column| INK[(pixel(row, column) + pixel(row + 1, column)) * (INK.len() - 1) / 510];
            (2..26).map(|column| char::from(ink(column))).collect::<String>()
        });
        println!("{}", line.collect::<Vec<_>>().join("  ").trim_end());
    }
    let caption =
        |&(index, said): &(usize, usize)| format!("{:24}", format!("a {} read as a {said}", digits.label(index)));
    println!(
        "{}\n",
        shown.iter().map(caption).collect::<Vec<_>>().join("  ").trim_end()
    );
}

/// Finds out before the training, not after it, whether a file can be put there.
fn make_room_for(file: &Path) -> Result<(), Box<dyn Error>> {
    if file.is_dir() {
        return Err(format!("{} is a folder: --save needs the name of a file", file.display()).into());
    }
    let folder = file.parent().unwrap_or(Path::new(""));
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()).into())
}

struct Options {
    epochs: usize,
    data: PathBuf,
    seed: u64,
    save: PathBuf,
    summary: bool,
}

impl Options {
    /// The options of the command line, or `None` if help is asked for.
    fn read() -> Result<Option<Options>, lexopt::Error> {
        let repository = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let mut options = Options {
            epochs: 30,
            data: repository.join("data/mnist10k"),
            seed: 0,
            save: repository.join("target/mnist.safetensors"),
            summary: false,
        };
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("epochs") => options.epochs = arguments.value()?.parse()?,
                Long("data") => options.data = arguments.value()?.into(),
                Long("seed") => options.seed = arguments.value()?.parse()?,
                Long("summary") => options.summary = true,
                Long("save") => options.save = arguments.value()?.into(),
                Short('h') | Long("help") => return Ok(None),
                other => return Err(other.unexpected()),
            }
        }
        Ok(Some(options))
    }
}
