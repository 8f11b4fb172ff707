//! Runs the peers, and writes what they took as a table in Markdown.
//!
//! Every peer is a process of its own, for each number of threads, in rounds; of its medians the best counts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// What limits some work at best.
#[derive(Clone, Copy)]
enum Limit {
    /// Floating-point operations.
    Flops(f64),
    /// Bytes read and written.
    Bytes(f64),
    /// Nothing that a machine's figures tell.
    None,
}

use Limit::{Bytes, Flops};

/// What some work is to be compared with, and the most that it may take: a ratio, or microseconds.
#[derive(Clone, Copy)]
enum Goal {
    Torch(f64),
    Best(f64),
    Jax(f64),
    Micros(f64),
}

use Goal::{Best, Jax, Micros, Torch};

/// A line of the table.
struct Work {
    /// What tintype's program calls it.
    name: &'static str,
    /// What the others' programs call it.
    theirs: &'static str,
    what: &'static str,
    limit: Limit,
    goals: &'static [Goal],
}

const fn work(name: &'static str, what: &'static str, limit: Limit, goals: &'static [Goal]) -> Work {
    Work {
        name,
        theirs: name,
        what,
        limit,
        goals,
    }
}

/// A convolution's multiply-adds, two operations each.
const COURSE: f64 = 2.0 * (16 * 62 * 124 * 20 * 3 * 5) as f64;
const DEEP: f64 = 2.0 * (32 * 64 * 28 * 28 * 64 * 3 * 3) as f64;
const SMALL: f64 = 2.0 * (4 * 32 + 32 * 32 + 32 * 2) as f64;
/// Forward, and the gradients of both convolutions' weights, of the second one's input and of the linear layer's both.
const LENET: f64 = 64.0 * 2.0 * (2 * 8 * 24 * 24 * 25 + 3 * 16 * 8 * 8 * 8 * 25 + 3 * 256 * 10) as f64;
const MILLION: f64 = (4 << 20) as f64;
const ATTENTION: f64 = 2.0 * (6 * 8 * 128 * 128 * 64) as f64;

const WORK: &[Work] = &[
    work(
        "C1",
        "convolution 1×20×64×128 by 16×20×3×5",
        Flops(COURSE),
        &[Best(0.95)],
    ),
    work(
        "C2",
        "the same with its three gradients",
        Flops(3.0 * COURSE),
        &[Torch(0.6)],
    ),
    work(
        "C3",
        "convolution 32×64×28×28 by 64×64×3×3, padding 1",
        Flops(DEEP),
        &[Torch(0.6)],
    ),
    work(
        "C4",
        "the same with its three gradients",
        Flops(3.0 * DEEP),
        &[Torch(0.95)],
    ),
    work(
        "M1",
        "matrix product 64³",
        Flops(2.0 * (64 * 64 * 64) as f64),
        &[Best(1.05)],
    ),
    work(
        "M2",
        "matrix product 256³",
        Flops(2.0 * (256 * 256 * 256) as f64),
        &[Best(1.03)],
    ),
    work(
        "M3",
        "matrix product 1024³",
        Flops(2.0 * (1024 * 1024 * 1024) as f64),
        &[Best(1.03)],
    ),
    work(
        "N1",
        "network 4-32-32-2, one sample, inference",
        Flops(SMALL),
        &[Micros(0.1)],
    ),
    Work {
        theirs: "N1",
        ..work("N1-graph", "the same by `forward`", Flops(SMALL), &[])
    },
    work(
        "N2",
        "its training step (mse, SGD), one sample, without a graph",
        Flops(3.0 * SMALL),
        &[Micros(1.0)],
    ),
    Work {
        theirs: "N2",
        ..work("N2-graph", "the same with a graph", Flops(3.0 * SMALL), &[Micros(3.0)])
    },
    work(
        "N3",
        "the same, batch of 32, without a graph",
        Flops(96.0 * SMALL),
        &[Micros(5.0)],
    ),
    Work {
        theirs: "N3",
        ..work("N3-graph", "the same with a graph", Flops(96.0 * SMALL), &[])
    },
    work(
        "N4",
        "LeNet step, batch 64, cross-entropy, Adam",
        Flops(LENET),
        &[Torch(0.4)],
    ),
    Work {
        theirs: "N4",
        ..work("N4-direct", "the same without a graph", Flops(LENET), &[Torch(0.4)])
    },
    work(
        "E1",
        "mean(relu(2x + 1)) over 1,048,576, with gradient",
        Bytes(3.0 * MILLION),
        &[Torch(0.5), Jax(1.0)],
    ),
    work(
        "G1",
        "y = 2y, 1,000 times on 3 entries, and back",
        Limit::None,
        &[Micros(100.0)],
    ),
    work("R1", "softmax over the last of 128×1000", Limit::None, &[Torch(0.8)]),
    work("R2", "layer norm over the last of 256×768", Limit::None, &[Torch(0.8)]),
    work(
        "A1",
        "attention 1×8×128×64, forward and gradients",
        Flops(ATTENTION),
        &[Best(0.8)],
    ),
    work(
        "A1-attention",
        "the same by a library's own `attention`",
        Flops(ATTENTION),
        &[Best(0.8)],
    ),
];

/// The peers by the names that they print, and the columns of the table.
const COLUMNS: &[&str] = &["torch", "jax", "candle", "burn", "gemm", "faer", "matrixmultiply"];

/// A program to run.
struct Peer {
    name: &'static str,
    program: String,
    arguments: Vec<String>,
    /// Whether malloc is told to keep its pages, in the peers' favour.
    keeps_pages: bool,
}

fn peers(python: &str) -> Vec<Peer> {
    let peer = |name, program: String, arguments: &[&str]| Peer {
        name,
        program,
        arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(),
        keeps_pages: true,
    };
    let own = |name| peer(name, format!("target/release/peer-{name}"), &[]);
    let native = |name| peer(name, format!("target-native/peer/peer-{name}"), &[]);
    let imports = |library: &str| {
        let import = Command::new(python).args(["-c", &format!("import {library}")]).output();
        import.is_ok_and(|output| output.status.success())
    };
    let scripts = ["torch", "jax"].into_iter().filter(|library| imports(library));
    let scripts: Vec<Peer> = scripts
        .map(|library| peer(library, python.to_owned(), &[&format!("{library}_peer.py")]))
        .collect();
    [
        own("machine"),
        own("tintype"),
        Peer {
            name: "tintype*",
            keeps_pages: false,
            ..own("tintype")
        },
    ]
    .into_iter()
    .chain(scripts)
    .chain(["candle", "burn", "matmul"].map(native))
    .collect()
}

/// What to run, from the arguments.
struct Options {
    threads: Vec<String>,
    rounds: usize,
    work: String,
    peers: Vec<String>,
}

fn options() -> Options {
    let mut options = Options {
        threads: vec!["1".into(), "2".into()],
        rounds: 3,
        work: String::new(),
        peers: Vec::new(),
    };
    let list = |text: String| text.split(',').map(str::to_owned).collect();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().unwrap_or_else(|| panic!("{argument} takes a value"));
        match argument.as_str() {
            "--threads" => options.threads = list(value),
            "--rounds" => options.rounds = value.parse().expect("a number of rounds"),
            "--work" => options.work = value,
            "--peers" => options.peers = list(value),
            _ => panic!("there is no option {argument}; see run.sh"),
        }
    }
    options
}

/// The best median in ns, by threads, peer and work.
type Times = BTreeMap<(String, String, String), f64>;

fn measure(peer: &Peer, threads: &str, work: &str, times: &mut Times) {
    let mut command = Command::new(&peer.program);
    command.args(&peer.arguments).args([threads, work]);
    if peer.keeps_pages {
        let keep = [
            ("MALLOC_MMAP_THRESHOLD_", "1073741824"),
            ("MALLOC_TRIM_THRESHOLD_", "8589934592"),
            ("MALLOC_TOP_PAD_", "67108864"),
        ];
        command.envs(keep);
    }
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", peer.program));
    if !output.status.success() {
        eprintln!("{} failed: {}", peer.name, String::from_utf8_lossy(&output.stderr));
    }
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let [name, threads, work, median, _] = line.split(' ').collect::<Vec<_>>()[..] else {
            eprintln!("{} printed {line:?}", peer.name);
            continue;
        };
        let name = if peer.name.starts_with(name) { peer.name } else { name };
        let median = median.parse().expect("a number of nanoseconds");
        let best = times
            .entry((threads.into(), name.into(), work.into()))
            .or_insert(f64::INFINITY);
        *best = best.min(median);
    }
}

fn micros(nanoseconds: Option<f64>) -> String {
    match nanoseconds.map(|time| time / 1e3) {
        None => "–".into(),
        Some(time) if time < 10.0 => format!("{time:.2}"),
        Some(time) if time < 100.0 => format!("{time:.1}"),
        Some(time) => format!("{time:.0}"),
    }
}

fn table(threads: &str, times: &Times) {
    let time = |peer: &str, work: &str| times.get(&(threads.into(), peer.into(), work.into())).copied();
    let machine = |what| time("machine", what).map(|nanoseconds| 1e9 / nanoseconds);
    println!("\n**{threads} thread{}**", if threads == "1" { "" } else { "s" });
    if let (Some(flops), Some(bytes)) = (machine("flops"), machine("bytes")) {
        println!(": at best {flops:.0} GFLOP/s and {bytes:.1} GB/s");
    }
    let present: BTreeSet<&str> = times
        .keys()
        .filter(|key| key.0 == threads)
        .map(|key| key.1.as_str())
        .collect();
    let columns: Vec<&str> = COLUMNS.iter().copied().filter(|peer| present.contains(peer)).collect();
    println!(
        "\n| work | tintype | default malloc | at best | {} | of PyTorch | of the best peer | goal |",
        columns.join(" | ")
    );
    println!("|{}", " --- |".repeat(columns.len() + 7));
    for work in WORK {
        let Some(own) = time("tintype", work.name) else {
            continue;
        };
        let limit = match work.limit {
            Flops(amount) => machine("flops").map(|rate| amount / rate),
            Bytes(amount) => machine("bytes").map(|rate| amount / rate),
            Limit::None => None,
        };
        let theirs: Vec<Option<f64>> = columns.iter().map(|peer| time(peer, work.theirs)).collect();
        let best = theirs.iter().flatten().copied().fold(f64::INFINITY, f64::min);
        let best = best.is_finite().then_some(best);
        let ratio = |other: Option<f64>| other.map_or("–".into(), |other| format!("{:.2}", own / other));
        let goals: Vec<String> = work
            .goals
            .iter()
            .map(|&goal| judge(goal, own, |peer| time(peer, work.theirs), best))
            .collect();
        println!(
            "| {} {} | **{}** | {} | {} | {} | {} | {} | {} |",
            work.name,
            work.what,
            micros(Some(own)),
            micros(time("tintype*", work.name)),
            micros(limit),
            theirs.iter().map(|&time| micros(time)).collect::<Vec<_>>().join(" | "),
            ratio(time("torch", work.theirs)),
            ratio(best),
            goals.join("; "),
        );
    }
}

/// A goal in words, and whether it is met.
fn judge(goal: Goal, own: f64, time: impl Fn(&str) -> Option<f64>, best: Option<f64>) -> String {
    let (words, limit) = match goal {
        Torch(ratio) => (format!("{ratio} of PyTorch"), time("torch").map(|time| time * ratio)),
        Jax(ratio) => (format!("{ratio} of JAX"), time("jax").map(|time| time * ratio)),
        Best(ratio) => (format!("{ratio} of the best"), best.map(|time| time * ratio)),
        Micros(most) => (format!("{most} µs"), Some(most * 1e3)),
    };
    match limit {
        Some(limit) if own <= limit => format!("{words}: met"),
        Some(limit) => format!("{words}: {:.2} times that", own / limit),
        None => words,
    }
}

fn main() {
    let options = options();
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let chosen = |peer: &Peer| options.peers.is_empty() || options.peers.iter().any(|name| peer.name == name);
    let peers: Vec<Peer> = peers(&python).into_iter().filter(chosen).collect();
    // Peers know some work by a shorter name than tintype, which does it in more than one way.
    let names: BTreeSet<&str> = WORK
        .iter()
        .flat_map(|work| [work.name, work.theirs])
        .chain(["flops", "bytes"])
        .collect();
    let work: Vec<&str> = names
        .into_iter()
        .filter(|name| {
            options.work.is_empty()
                || options.work.split(',').any(|work| name.starts_with(work))
                || ["flops", "bytes"].contains(name)
        })
        .collect();
    let work = work.join(",");
    let mut times = Times::new();
    for round in 1..=options.rounds {
        for threads in &options.threads {
            for peer in &peers {
                if Path::new(&peer.program).exists() || !peer.program.contains('/') {
                    eprintln!("round {round}, {threads} threads: {}", peer.name);
                    measure(peer, threads, &work, &mut times);
                }
            }
        }
    }
    println!("Medians in µs, the best of {} rounds.", options.rounds);
    options.threads.iter().for_each(|threads| table(threads, &times));
}
