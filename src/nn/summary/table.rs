//! The rows, and how they are printed.

use super::inspect::{GivenBy, Inspect, Rows};
use super::outputs::Outputs;
use crate::nn::{Module, Parameters};
use core::fmt;

/// What a network is made of: [`summary`](super::Summarize::summary) makes it. Printed, it is a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    rows: Vec<Row>,
}

/// A layer in a [`Summary`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// How many layers it lies in: 0 for the whole.
    pub depth: usize,
    /// The name of its field, or its number in a tuple. The whole has none.
    pub name: String,
    /// Its type, in short.
    pub layer: String,
    /// The shape of each tensor that it gives: mostly one, and none where its input is not known.
    pub outputs: Vec<&'static [usize]>,
    /// The bytes of what it gives, if there are no layers inside.
    pub output_bytes: usize,
    /// The numbers in its parameters, with those of the layers inside.
    pub parameters: usize,
    /// Those of them that learn: not those of frozen layers.
    pub trainable: usize,
    /// Its multiply-adds, with those of the layers inside.
    pub multiply_adds: u64,
    /// Whether these are all. A module that was not told what flows where, inside it, has others.
    pub counted: bool,
}

impl Summary {
    /// What a network of the type `L` is made of, for an input of the type `X`, without there being one.
    ///
    /// ```
    /// use tintype::nn::Summary;
    /// use tintype::prelude::*;
    /// let summary = Summary::of::<(Linear<784, 100>, ReLU, Linear<100, 10>), Tensor2<64, 784>>();
    /// assert_eq!(summary.rows()[1].outputs[0], [64, 100]);
    /// ```
    pub fn of<L: Module<X, Output: GivenBy<L, X>>, X>() -> Self {
        L::Output::summary()
    }

    pub(super) fn made<L: Module<X, Output: Outputs> + Inspect<X> + Parameters, X>() -> Self {
        let mut rows = Rows::default();
        rows.layer::<L, X>("");
        Summary { rows: rows.rows }
    }

    /// The whole, and then its layers, each before those inside it.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The number of numbers in all parameters.
    pub fn parameters(&self) -> usize {
        self.rows[0].parameters
    }

    /// The number of those that learn.
    pub fn trainable_parameters(&self) -> usize {
        self.rows[0].trainable
    }

    /// The multiply-adds of one pass forward, as far as they are [counted](Row::counted).
    pub fn multiply_adds(&self) -> u64 {
        self.rows[0].multiply_adds
    }

    /// The bytes of what all layers give that have no layers inside.
    pub fn output_bytes(&self) -> usize {
        self.rows.iter().map(|row| row.output_bytes).sum()
    }

    /// The beginning of each row's line, which shows how it lies in others.
    fn branches(&self) -> Vec<String> {
        // From below, since a branch ends at the last row of its depth.
        let mut open: Vec<bool> = Vec::new();
        let mut lines = Vec::with_capacity(self.rows.len());
        for row in self.rows.iter().rev() {
            open.resize(row.depth, false);
            let mut line = String::new();
            for (depth, &more) in open.iter().enumerate() {
                let last = depth + 1 == row.depth;
                line.push_str(match (last, more) {
                    (true, true) => "├ ",
                    (true, false) => "└ ",
                    (false, true) => "│ ",
                    (false, false) => "  ",
                });
            }
            if let Some(last) = open.last_mut() {
                *last = true;
            }
            lines.push(line);
        }
        lines.reverse();
        lines
    }
}

impl Row {
    fn cells(&self, branch: &str) -> [String; 4] {
        let shape = |dims: &&[usize]| match dims {
            [] => "1 number".to_owned(),
            dims => dims.iter().map(usize::to_string).collect::<Vec<_>>().join("×"),
        };
        let name = if self.name.is_empty() {
            self.layer.clone()
        } else {
            format!("{}: {}", self.name, self.layer)
        };
        [
            format!("{branch}{name}"),
            self.outputs.iter().map(shape).collect::<Vec<_>>().join(", "),
            grouped(self.parameters as u64),
            self.as_far_as_counted(self.multiply_adds),
        ]
    }

    /// A number of multiply-adds or bytes, and whether these are all.
    fn as_far_as_counted(&self, number: u64) -> String {
        match (number, self.counted) {
            (0, false) => "not counted".to_owned(),
            (number, false) => format!("≥ {}", grouped(number)),
            (number, true) => grouped(number),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = &self.rows[0];
        let heads = ["layer", "output", "parameters", "multiply-adds"].map(String::from);
        let rows = self.rows.iter().zip(self.branches());
        let rows: Vec<_> = rows.map(|(row, branch)| row.cells(&branch)).collect();
        let width = |column: usize| {
            let cells = rows.iter().chain([&heads]).map(|row| row[column].chars().count());
            cells.max().unwrap_or(0)
        };
        let widths: [usize; 4] = core::array::from_fn(width);
        let [layer, output, parameters, multiply_adds] = widths;
        let mut line = |row: &[String; 4]| {
            writeln!(
                f,
                "{:layer$}  {:output$}  {:>parameters$}  {:>multiply_adds$}",
                row[0], row[1], row[2], row[3]
            )
        };
        line(&heads)?;
        line(&widths.map(|width| "─".repeat(width)))?;
        rows.iter().try_for_each(line)?;
        writeln!(
            f,
            "\nparameters: {}, of which learning: {}\nmultiply-adds: {}\nbytes of the outputs: {}",
            grouped(self.parameters() as u64),
            grouped(self.trainable_parameters() as u64),
            whole.as_far_as_counted(whole.multiply_adds),
            whole.as_far_as_counted(self.output_bytes() as u64),
        )
    }
}

/// A number with commas: 138,357,544.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A type in short: its name and the numbers behind it that are not left out, `Conv2d<3, 64, 3>`.
pub(super) fn short<T: ?Sized>() -> String {
    shortened(core::any::type_name::<T>())
}

fn shortened(name: &str) -> String {
    if let Some(inside) = name.strip_prefix('(') {
        return match arguments(inside).len() {
            1 => "1 layer".to_owned(),
            layers => format!("{layers} layers"),
        };
    }
    if let Some((element, number)) = name.strip_prefix('[').and_then(|inside| inside.rsplit_once("; ")) {
        return format!("{} × {}", number.trim_end_matches(']'), shortened(element));
    }
    let (path, rest) = name.split_once('<').unwrap_or((name, ""));
    let last = path.rsplit("::").next().unwrap_or(path);
    if last == "Box" {
        return shortened(rest.strip_suffix('>').unwrap_or(rest));
    }
    let numbers: Vec<_> = arguments(rest)
        .into_iter()
        .take_while(|argument| argument.parse::<usize>().is_ok())
        .collect();
    if numbers.is_empty() {
        last.to_owned()
    } else {
        format!("{last}<{}>", numbers.join(", "))
    }
}

/// What stands between the commas of a list, up to the bracket that ends it.
fn arguments(list: &str) -> Vec<&str> {
    let (mut found, mut depth, mut begin) = (Vec::new(), 0, 0);
    for (at, letter) in list.char_indices() {
        match letter {
            ',' if depth == 0 => {
                found.push(list[begin..at].trim());
                begin = at + 1;
            }
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' if depth == 0 => {
                found.push(list[begin..at].trim());
                break;
            }
            '>' | ')' | ']' => depth -= 1,
            _ => {}
        }
    }
    found.retain(|argument| !argument.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_in_short() {
        for (name, expected) in [
            ("tintype::nn::activation::ReLU", "ReLU"),
            (
                "tintype::nn::linear::Linear<784, 10, f32, a::Tracked>",
                "Linear<784, 10>",
            ),
            ("tintype::nn::dropout::Dropout<a::Tracked>", "Dropout"),
            (
                "(a::Linear<1, 2>, a::Conv2d<1, 2, a::Stride<1, 1>>, a::ReLU)",
                "3 layers",
            ),
            ("(a::ReLU,)", "1 layer"),
            ("[net::Block<8, f32>; 12]", "12 × Block<8>"),
            ("alloc::boxed::Box<a::Linear<1, 2>>", "Linear<1, 2>"),
        ] {
            assert_eq!(shortened(name), expected);
        }
    }

    #[test]
    fn numbers_have_commas() {
        let text = [0, 999, 1_000, 138_357_544].map(grouped);
        assert_eq!(text, ["0", "999", "1,000", "138,357,544"]);
    }
}
