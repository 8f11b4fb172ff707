//! Writes the table of sizes that `src/dim/table.rs` includes: which number is which binary number of typenum, and back.
//!
//! Stable Rust cannot compute with const generics, typenum can, and nothing but a list of impls leads from one to the
//! other. rustc compares all impls of one trait for one type pairwise, so each further number costs more than the last:
//! the 6,222 of this table take about 2 s, once. Hence dense where networks are dense, sparse above, and the
//! environment variable `TINTYPE_DIMS="50257 123008"` for what is missing.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::{env, fs, path::Path, process};

const VARIABLE: &str = "TINTYPE_DIMS";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    let mut sizes = usual_sizes();
    match extra_sizes() {
        Ok(extra) => sizes.extend(extra),
        Err(problem) => {
            println!("cargo::error={problem}");
            process::exit(1);
        }
    }
    let folder = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&folder).join("table.rs"), table(&sizes)).expect("OUT_DIR can be written to");
}

/// Every size up to 4,096, and of the larger ones those that networks are made of.
fn usual_sizes() -> BTreeSet<usize> {
    const SIDES: [usize; 16] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 24, 28];
    const CHANNELS: [usize; 20] = [
        4, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 2048,
    ];
    let dense = 0..=4096;
    let widths = (0..=65_536).step_by(64).chain((0..=1_048_576).step_by(1024));
    let powers = (0..31).map(|k| 1 << k).chain((0..10).map(|k| 10_usize.pow(k)));
    let squares = (0..=256).map(|side| side * side);
    let flattened = SIDES
        .iter()
        .flat_map(|side| CHANNELS.iter().map(move |channels| channels * side * side));
    dense
        .chain(widths)
        .chain(powers)
        .chain(squares)
        .chain(flattened)
        .collect()
}

/// The sizes that the environment variable adds, or what is wrong with it.
fn extra_sizes() -> Result<Vec<usize>, String> {
    let Some(list) = env::var_os(VARIABLE) else {
        return Ok(Vec::new());
    };
    let list = list.to_string_lossy();
    let words = list
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|word| !word.is_empty());
    words
        .map(|word| {
            word.parse().map_err(|why| {
                format!(
                    "{VARIABLE} lists sizes as whole numbers, such as {VARIABLE}=\"50257 123008\", but holds `{word}`: {why}"
                )
            })
        })
        .collect()
}

fn table(sizes: &BTreeSet<usize>) -> String {
    let mut text = String::new();
    for &size in sizes {
        writeln!(text, "impl Row<{size}> for Table {{ type Binary = {}; }}", binary(size)).expect("a String takes all");
    }
    let rows = sizes.iter().map(|&size| Row { size, bits: size }).collect();
    let mut tree = Tree { pages: 0, text };
    let root = tree.branch(rows).text;
    writeln!(tree.text, "page!(Table = {root});").expect("a String takes all");
    tree.text
}

/// The number as typenum spells it: `UInt<UInt<UTerm, B1>, B0>` is two.
fn binary(size: usize) -> String {
    match size {
        0 => "UTerm".into(),
        _ => format!("UInt<{}, B{}>", binary(size >> 1), size & 1),
    }
}

/// A size on its way down the tree, and those of its bits that are still ahead.
struct Row {
    size: usize,
    bits: usize,
}

/// The way back from a binary number to its `Dim`: a tree that branches by one bit after the other, the lowest first.
///
/// As a type the whole tree would be so large that each look-up takes rustc 5 ms. It is therefore torn into pages, types
/// of their own that stand for a part of the tree, and a look-up is too quick to measure.
struct Tree {
    pages: usize,
    text: String,
}

/// A part of the tree as the text of a type, and how many branches that type spells out.
struct Branch {
    text: String,
    branches: usize,
}

impl Tree {
    const BRANCHES_OF_A_PAGE: usize = 64;

    fn branch(&mut self, rows: Vec<Row>) -> Branch {
        if rows.is_empty() {
            return Branch {
                text: "Nothing".into(),
                branches: 0,
            };
        }
        let (mut here, mut zeros, mut ones) = (String::from("Nothing"), Vec::new(), Vec::new());
        for Row { size, bits } in rows {
            match (bits, bits & 1) {
                (0, _) => here = format!("Dim<{size}>"),
                (_, 0) => zeros.push(Row { size, bits: bits >> 1 }),
                _ => ones.push(Row { size, bits: bits >> 1 }),
            }
        }
        let (zero, one) = (self.branch(zeros), self.branch(ones));
        let branch = Branch {
            text: format!("Branch<{here}, {}, {}>", zero.text, one.text),
            branches: 1 + zero.branches + one.branches,
        };
        if branch.branches < Self::BRANCHES_OF_A_PAGE {
            branch
        } else {
            self.page(branch)
        }
    }

    fn page(&mut self, branch: Branch) -> Branch {
        let name = format!("Page{}", self.pages);
        self.pages += 1;
        writeln!(self.text, "pub struct {name}; page!({name} = {});", branch.text).expect("a String takes all");
        Branch {
            text: name,
            branches: 1,
        }
    }
}
