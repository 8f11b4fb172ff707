//! GPT-2 (Radford et al. 2019) in types, one sequence through the small one of 124 million parameters, and a tiny one that
//! learns a sentence.
//!
//! `cargo run --release --example gpt2`. The vocabulary of 50257 words is not in the table of sizes and need not be: it is
//! multiplied with, never computed with.

use std::time::Instant;
use tintype::nn::{Inspect, Rows};
use tintype::prelude::*;

/// Attention, then a small network for each position, each with a connection around it. `H` is that network's hidden width.
#[derive(Module)]
#[module(path(ln_1, attn), path(ln_2, mlp))] // for the summary
struct Block<const D: usize, const HEADS: usize, const H: usize, T: Track = Tracked>
where
    Dim<D>: Heads<HEADS>,
{
    ln_1: In<LayerNorm<D>, T>,
    attn: In<CausalSelfAttention<D, HEADS>, T>,
    ln_2: In<LayerNorm<D>, T>,
    mlp: (In<Linear<D, H>, T>, GELUTanh, In<Linear<H, D>, T>),
}

impl<B: Dimension, S: Dimension, const D: usize, const HEADS: usize, const H: usize, T: Track>
    Module<Tensor<(B, S, Dim<D>), f32, T>> for Block<D, HEADS, H, T>
where
    Dim<D>: Heads<HEADS>,
{
    type Output = Tensor<(B, S, Dim<D>), f32, T>;
    fn apply(&self, x: &Tensor<(B, S, Dim<D>), f32, T>) -> Self::Output {
        let x = x + self.attn.forward(&self.ln_1.forward(x));
        let y = self.mlp.forward(&self.ln_2.forward(&x));
        x + y
    }
}

/// `V` words, sequences of at most `P`, vectors of `D` numbers, `N` blocks. The weights that make vectors of words also make
/// words of vectors, so they are counted once.
#[derive(Module)]
#[module(own_summary)]
struct Gpt<
    const V: usize,
    const P: usize,
    const D: usize,
    const HEADS: usize,
    const H: usize,
    const N: usize,
    T: Track = Tracked,
> where
    Dim<D>: Heads<HEADS>,
{
    wte: In<Embedding<V, D>, T>,
    wpe: In<Embedding<P, D>, T>,
    h: [Block<D, HEADS, H, T>; N],
    ln_f: In<LayerNorm<D>, T>,
}

type Gpt2Small = Gpt<50257, 1024, 768, 12, 3072, 12>;

/// The published number of parameters.
const _: () = assert!(Gpt2Small::PARAMETERS == 124_439_808);

impl<
    const B: usize,
    const S: usize,
    const V: usize,
    const P: usize,
    const D: usize,
    const HEADS: usize,
    const H: usize,
    const N: usize,
    T: Track,
> Module<Indices<Rank2<B, S>, V>> for Gpt<V, P, D, HEADS, H, N, T>
where
    Dim<D>: Heads<HEADS>,
{
    /// For each position, how likely each word is to come next.
    type Output = Tensor3<B, S, V, f32, T>;
    fn apply(&self, words: &Indices<Rank2<B, S>, V>) -> Self::Output {
        const { assert!(S <= P, "a sequence is longer than there are positions") }
        let positions = Indices::<Rank1<S>, P>::try_from(Tensor::arange()).expect("there are as many positions");
        let positions = self.wpe.forward(&positions).broadcast::<Rank3<B, S, D>>();
        let x = self.h.forward(&(self.wte.forward(words) + positions));
        self.ln_f.forward(&x).linear(&self.wte.weight, None)
    }
}

/// What flows where, for the summary: the positions are no input of the module, and the last product is no layer.
impl<
    const B: usize,
    const S: usize,
    const V: usize,
    const P: usize,
    const D: usize,
    const HEADS: usize,
    const H: usize,
    const N: usize,
    T: Track,
> Inspect<Indices<Rank2<B, S>, V>> for Gpt<V, P, D, HEADS, H, N, T>
where
    Dim<D>: Heads<HEADS>,
{
    fn inspect(rows: &mut Rows) {
        rows.layer::<In<Embedding<V, D>, T>, Indices<Rank2<B, S>, V>>("wte");
        rows.layer::<In<Embedding<P, D>, T>, Indices<Rank1<S>, P>>("wpe");
        rows.layer::<[Block<D, HEADS, H, T>; N], Tensor3<B, S, D, f32, T>>("h");
        rows.layer::<In<LayerNorm<D>, T>, Tensor3<B, S, D, f32, T>>("ln_f");
        rows.multiply_adds(B * S * D * V);
    }
}

impl<const V: usize, const P: usize, const D: usize, const HEADS: usize, const H: usize, const N: usize>
    Gpt<V, P, D, HEADS, H, N>
where
    Dim<D>: Heads<HEADS>,
{
    /// That the heads divide the width is a bound of this function, and not of all: so rustc says in words where they do not.
    fn new(rng: &mut StdRng) -> Self
    where
        Dim<D>: EvenHeads<HEADS>,
    {
        Gpt {
            wte: Embedding::scaled(0.02, rng),
            wpe: Embedding::scaled(0.02, rng),
            h: core::array::from_fn(|_| Block {
                ln_1: LayerNorm::new(),
                attn: MultiheadAttention::new(rng),
                ln_2: LayerNorm::new(),
                mlp: (Linear::new(rng), GELUTanh, Linear::new(rng)),
            }),
            ln_f: LayerNorm::new(),
        }
    }
}

/// What the tiny one learns, letter by letter.
const SENTENCE: &str = "the compiler counts what the programmer forgets. ";
const LETTERS: &str = " .abcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = SENTENCE.len() - 1;

fn main() -> Result<(), tintype::Error> {
    let mut rng = StdRng::seed_from_u64(0);
    println!("{}", Summary::of::<Gpt2Small, Indices<Rank2<1, 64>, 50257>>()); // from the types: there is no network yet

    let begin = Instant::now();
    let net = Gpt2Small::new(&mut rng).freeze();
    println!("GPT-2 small, made in {:.1?}", begin.elapsed());
    let words = Indices::<Rank2<1, 64>, 50257>::try_from(Vec::from_iter((0..64).map(|i| i * 785)))?;
    let begin = Instant::now();
    let logits: Tensor3<1, 64, 50257> = net.forward(&words);
    let elapsed = begin.elapsed();
    println!(
        "64 words: {elapsed:.1?}, then comes word {}",
        logits.argmax_axis::<2>()[[0, 63]]
    );
    assert!(logits.iter().all(|logit| logit.is_finite()));
    drop((net, logits));

    let letters: Vec<usize> = SENTENCE
        .chars()
        .map(|letter| LETTERS.find(letter).expect("one of the letters"))
        .collect();
    let seen = Indices::<Rank2<1, LENGTH>, 28>::try_from(&letters[..LENGTH])?;
    let next = Labels::<LENGTH, 28>::try_from(&letters[1..])?;
    let mut net = Gpt::<28, LENGTH, 32, 4, 64, 2>::new(&mut rng);
    let mut optimizer = Adam::new(0.01);
    let losses: Vec<f32> = (0..60)
        .map(|_| {
            let logits = net.forward(&seen);
            let loss = logits.reshape::<Rank2<LENGTH, 28>>().cross_entropy(&next);
            let item = loss.item();
            optimizer.step(&mut net, &loss.backward());
            item
        })
        .collect();
    println!(
        "a tiny one learns: loss {:.3} -> {:.3} in 60 steps",
        losses[0], losses[59]
    );
    assert!(losses[59] < 0.3 * losses[0]);
    let said = net.freeze().forward(&seen).argmax_axis::<2>();
    let said: String = said.iter().filter_map(|&letter| LETTERS.chars().nth(letter)).collect();
    println!("t{said}");
    Ok(())
}

#[test]
fn multiply_adds_of_1024_words() {
    let summary = Summary::of::<Gpt2Small, Indices<Rank2<1, 1024>, 50257>>();
    let attention = 4 * 1024 * 768 * 768 + 2 * 1024 * 1024 * 768;
    let network = 2 * 1024 * 768 * 3072;
    let words = 1024 * 768 * 50257;
    assert_eq!(summary.multiply_adds(), 12 * (attention + network) + words);
    assert_eq!(summary.parameters(), 124_439_808);
    assert!(summary.rows().iter().all(|row| row.counted));
}
