//! How a summary looks into a layer.

use super::outputs::Outputs;
use super::table::{Row, Summary};
use crate::nn::{Module, Parameters};

/// The method `summary`, which every layer has.
pub trait Summarize: Parameters {
    /// What the layer is made of, for an input of the type `X`: each layer inside with the shape that it gives, its parameters and
    /// its multiply-adds. All of it is known from the types, and nothing is computed. The [module](super) says what is counted.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let mut rng = StdRng::seed_from_u64(0);
    /// let net = (Conv2d::<1, 8, 5>::new(&mut rng), ReLU, MaxPool2d::<2>::new(), Flatten, Linear::<1152, 10>::new(&mut rng));
    /// let summary = net.summary::<Tensor4<1, 1, 28, 28>>();
    /// assert_eq!(summary.to_string(), "\
    /// layer                  output     parameters  multiply-adds
    /// ─────────────────────  ─────────  ──────────  ─────────────
    /// 5 layers               1×10           11,738        126,720
    /// ├ 0: Conv2d<1, 8, 5>   1×8×24×24         208        115,200
    /// ├ 1: ReLU              1×8×24×24           0              0
    /// ├ 2: MaxPool2d<2>      1×8×12×12           0              0
    /// ├ 3: Flatten           1×1152              0              0
    /// └ 4: Linear<1152, 10>  1×10           11,530         11,520
    ///
    /// parameters: 11,738, of which learning: 11,738
    /// multiply-adds: 126,720
    /// bytes of the outputs: 46,120
    /// ");
    /// assert_eq!((summary.parameters(), summary.multiply_adds()), (11_738, 126_720));
    /// assert_eq!(summary.rows()[3].outputs[0], [1, 8, 12, 12]);
    /// ```
    fn summary<X>(&self) -> Summary
    where
        Self: Module<X, Output: GivenBy<Self, X>> + Sized,
    {
        <Self::Output as GivenBy<Self, X>>::summary()
    }
}
impl<L: Parameters> Summarize for L {}

/// An output that the layer `L` gives for the input `X`, and of which it says how.
///
/// (That this is a trait of the output is for the sake of the messages: where the layer does not take the input there is no
/// output, and rustc speaks of the input alone, as it does for `forward`.)
pub trait GivenBy<L, X> {
    /// What the layer is made of.
    fn summary() -> Summary;
}
impl<X, Y: Outputs, L: Module<X, Output = Y> + Inspect<X> + Parameters> GivenBy<L, X> for Y {
    fn summary() -> Summary {
        Summary::made::<L, X>()
    }
}

/// What a summary shows of a layer with the input `X`.
///
/// `#[derive(Module)]` implements it. With `#[module(sequence)]` it goes through the layers. Beside an `impl Module` of one's own
/// it cannot know what flows where, and shows the layers' parameters alone; a line tells it:
///
/// ```
/// use tintype::prelude::*;
///
/// #[derive(Module)]
/// #[module(path(expand, project))] // what the module takes goes through these, one after the other
/// struct Block { // (further paths, such as that of a shortcut, on further lines)
///     expand: Linear<8, 32>,
///     project: Linear<32, 8>,
/// }
///
/// impl<B: Dimension> Module<Tensor<(B, Dim<8>), f32, Tracked>> for Block {
///     type Output = Tensor<(B, Dim<8>), f32, Tracked>;
///     fn apply(&self, x: &Tensor<(B, Dim<8>), f32, Tracked>) -> Self::Output {
///         x + self.project.forward(&self.expand.forward(x).relu())
///     }
/// }
///
/// let mut rng = StdRng::seed_from_u64(0);
/// let block = Block { expand: Linear::new(&mut rng), project: Linear::new(&mut rng) };
/// let summary = block.summary::<Tensor2<10, 8, f32, Tracked>>();
/// assert_eq!(summary.multiply_adds(), 10 * (8 * 32 + 32 * 8));
/// ```
///
/// Where not every layer lies on a path that begins at the module's own input, or where the module multiplies by itself, it
/// is told by hand: `#[module(own_summary)]` under the derive leaves this trait to its author.
///
/// ```
/// use tintype::prelude::*;
/// use tintype::nn::{Inspect, Rows};
///
/// #[derive(Module)]
/// #[module(own_summary)]
/// struct Scores {
///     embed: Linear<8, 16>,
/// }
///
/// impl<const B: usize> Module<Tensor2<B, 8>> for Scores {
///     type Output = Tensor2<B, B, f32, Tracked>;
///     fn apply(&self, x: &Tensor2<B, 8>) -> Self::Output {
///         let x = self.embed.forward(x);
///         x.matmul(&x.t())
///     }
/// }
///
/// impl<const B: usize> Inspect<Tensor2<B, 8>> for Scores {
///     fn inspect(rows: &mut Rows) {
///         rows.layer::<Linear<8, 16>, Tensor2<B, 8>>("embed");
///         rows.multiply_adds(B * B * 16); // of the matrix product
///     }
/// }
///
/// let scores = Scores { embed: Linear::new(&mut StdRng::seed_from_u64(0)) };
/// assert_eq!(scores.summary::<Tensor2<10, 8>>().multiply_adds(), 10 * 8 * 16 + 10 * 10 * 16);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a summary shows of it",
    label = "needs `{Self}: Inspect<{X}>`",
    note = "in a sequence every layer has to say it: `#[derive(Module)]` on a struct of layers does; for others, \
            `impl<X> Inspect<X> for …` with nothing inside shows one row"
)]
pub trait Inspect<X> {
    /// Adds the rows of the layers inside, in their order, and the multiply-adds that are the layer's own.
    ///
    /// Not written, it shows the layer as one row whose multiply-adds are not known.
    fn inspect(rows: &mut Rows) {
        rows.not_counted();
    }
}

/// A layer of a sequence, of which a summary shows something.
///
/// (The same as [`Inspect`], but for what rustc lists where it is missing: not the sequences.)
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what a summary shows of it",
    label = "needs `{Self}: Inspect<{X}>`",
    note = "in a sequence every layer has to say it: `#[derive(Module)]` on a struct of layers does; for others, \
            `impl<X> Inspect<X> for …` with nothing inside shows one row"
)]
pub trait Shown<X>: Inspect<X> {}
#[diagnostic::do_not_recommend]
impl<X, L: Inspect<X>> Shown<X> for L {}

/// An input of a sequence of which a summary shows every layer, each with what the one before it gives.
pub trait ShownThrough<L> {
    /// Adds the rows of the layers under their names. A layer without a name is shown elsewhere.
    fn rows(rows: &mut Rows, names: &[&str]);
}

impl<X, Y: Outputs, L: Module<X, Output = Y> + Shown<X> + Parameters> ShownThrough<(L,)> for X {
    fn rows(rows: &mut Rows, names: &[&str]) {
        first_layer::<L, X>(rows, names);
    }
}

impl<X, Y, L, R> ShownThrough<(L, R)> for X
where
    L: Module<X, Output = Y> + Shown<X> + Parameters,
    Y: Outputs + ShownThrough<R>,
{
    fn rows(rows: &mut Rows, names: &[&str]) {
        first_layer::<L, X>(rows, names);
        Y::rows(rows, &names[1..]);
    }
}

fn first_layer<L: Module<X, Output: Outputs> + Inspect<X> + Parameters, X>(rows: &mut Rows, names: &[&str]) {
    if !names[0].is_empty() {
        rows.layer::<L, X>(names[0]);
    }
}

/// The rows of a summary while they are collected.
#[derive(Default)]
pub struct Rows {
    pub(super) rows: Vec<Row>,
    /// The row of the layer that is looked into, and how deep it lies.
    current: usize,
    depth: usize,
}

impl Rows {
    /// A layer inside, with the input that it has there, under the name of its field.
    pub fn layer<L: Module<X, Output: Outputs> + Inspect<X> + Parameters, X>(&mut self, name: &str) {
        let row = self.add::<L>(name);
        self.rows[row].outputs = L::Output::shapes();
        let outer = core::mem::replace(&mut self.current, row);
        self.depth += 1;
        L::inspect(self);
        self.depth -= 1;
        self.current = outer;
        if row + 1 == self.rows.len() {
            self.rows[row].output_bytes = L::Output::BYTES;
        }
        if row > 0 {
            let (inner, counted) = (self.rows[row].multiply_adds, self.rows[row].counted);
            self.rows[outer].multiply_adds += inner;
            self.rows[outer].counted &= counted;
        }
    }

    /// A layer or tensor inside, of whose input nothing is known: a row with its parameters alone, if it has any.
    pub fn part<P: Parameters>(&mut self, name: &str) {
        if P::PARAMETERS == 0 {
            return;
        }
        let row = self.add::<P>(name);
        self.rows[row].counted = false;
        self.not_counted();
    }

    /// Counts multiply-adds of the layer itself.
    pub fn multiply_adds(&mut self, number: usize) {
        self.rows[self.current].multiply_adds += number as u64;
    }

    /// Counts so many multiply-adds for each entry of what the layer gives.
    pub fn multiply_adds_per_entry(&mut self, number: usize) {
        let shapes = &self.rows[self.current].outputs;
        let entries: usize = shapes.iter().map(|shape| shape.iter().product::<usize>()).sum();
        self.multiply_adds(entries * number);
    }

    /// Says that the layer has multiply-adds that are not counted.
    pub fn not_counted(&mut self) {
        self.rows[self.current].counted = false;
    }

    fn add<P: Parameters>(&mut self, name: &str) -> usize {
        self.rows.push(Row {
            depth: self.depth,
            name: name.to_owned(),
            layer: super::table::short::<P>(),
            outputs: Vec::new(),
            output_bytes: 0,
            parameters: P::PARAMETERS,
            trainable: P::TRAINABLE,
            multiply_adds: 0,
            counted: true,
        });
        self.rows.len() - 1
    }
}
