//! Wrong programs, and what the compiler says of them.
//!
//! Every file of `ui-tests/` is a short program with one mistake, which somebody made in PyTorch. It begins with what is known
//! of the mistake:
//!
//! ```text
//! //! topic: Linear layers and sequences
//! //! pytorch: RuntimeError: mat1 and mat2 shapes cannot be multiplied (8x32 and 64x10)
//! //! burn: …                                            (also `candle:`; both may be left out)
//! //! when: in the forward pass, at the first batch       (when PyTorch says so)
//! //! seen: pytorch/pytorch aten/src/ATen/native/LinearAlgebra.cpp, https://…
//! //! numbers: 64, 32                                     (which the message must name; may be left out)
//! //! fix: make the second layer take 32 features
//! ```
//!
//! The compiler's message is pinned beside it, for the compiler that `rust-toolchain.toml` names; `TRYBUILD=overwrite cargo
//! test --test ui` pins new ones, which are then to be read. `docs/errors.md` is made of both, and of `ui-tests/errors.template.md`;
//! `TINTYPE_BLESS=1 cargo test --test ui` writes it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// The order of the page.
const TOPICS: [&str; 15] = [
    "Two tensors, entry by entry",
    "Matrix products",
    "Shapes and axes",
    "Linear layers and sequences",
    "Convolution",
    "Pooling and padding",
    "Normalisation, attention and embeddings",
    "Losses and labels",
    "Element types",
    "Gradients and the graph",
    "Training, evaluation and frozen layers",
    "Making and reading tensors",
    "Functions and modules of one's own",
    "Names that are PyTorch's",
    "What only tintype says",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A wrong program and what is said of it.
struct Wrong {
    name: String,
    facts: BTreeMap<String, String>,
    message: String,
}

impl Wrong {
    fn read(path: &Path) -> Wrong {
        let program = fs::read_to_string(path).unwrap();
        let facts = program
            .lines()
            .map_while(|line| line.strip_prefix("//! "))
            .filter_map(|line| line.split_once(": "))
            .map(|(key, value)| (key.to_owned(), value.trim().to_owned()))
            .collect();
        Wrong {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            facts,
            message: fs::read_to_string(path.with_extension("stderr")).expect("every wrong program has its message"),
        }
    }

    fn fact(&self, key: &str) -> &str {
        self.facts.get(key).map_or("", String::as_str)
    }

    /// The errors, each with its notes.
    fn errors(&self) -> Vec<&str> {
        let starts: Vec<usize> = self
            .message
            .match_indices("error")
            .map(|(at, _)| at)
            .filter(|&at| at == 0 || self.message[..at].ends_with('\n'))
            .chain([self.message.len()])
            .collect();
        starts.windows(2).map(|pair| &self.message[pair[0]..pair[1]]).collect()
    }

    /// What rustc says of the first error itself, in ten lines, without the program that it quotes.
    fn said(&self) -> String {
        let quoted = |line: &&str| line.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let lines = self.errors()[0].lines().take(10);
        lines.filter(|line| !quoted(line)).collect::<Vec<_>>().join("\n")
    }

    /// The first line, without the error's number. Where that is a formula of rustc's which leaves the numbers to the label,
    /// the label too.
    fn headline(&self) -> String {
        let line = self.message.lines().next().unwrap();
        let (code, words) = line.split_once(": ").expect("an error, a colon and words");
        let label = self
            .message
            .lines()
            .find_map(|line| line.rsplit_once("^ ").map(|(_, label)| label));
        match label {
            Some(label) if ["E0308", "E0053", "E0271"].iter().any(|left| code.contains(left)) => {
                format!("{words}: {label}")
            }
            _ => words.to_owned(),
        }
    }
}

fn catalogue() -> Vec<Wrong> {
    let mut programs: Vec<_> = fs::read_dir(root().join("ui-tests"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    programs.sort();
    programs.iter().map(|path| Wrong::read(path)).collect()
}

/// Whether a text has a number that is not a part of a longer one.
fn mentions(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        !digit(text[..at].chars().next_back()) && !digit(text[at + number.len()..].chars().next())
    })
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

// Some of the programs save and load.
#[cfg(feature = "io")]
#[test]
fn wrong_programs_do_not_compile() {
    trybuild::TestCases::new().compile_fail("ui-tests/*.rs");
}

#[test]
fn every_program_says_what_is_known_of_its_mistake() {
    let catalogue = catalogue();
    assert!(
        catalogue.len() >= 100,
        "there are only {} wrong programs",
        catalogue.len()
    );
    let mut faults = Vec::new();
    for wrong in &catalogue {
        for key in ["topic", "pytorch", "when", "seen", "fix"] {
            if wrong.fact(key).is_empty() {
                faults.push(format!("{}: there is no `//! {key}: …`", wrong.name));
            }
        }
        for key in wrong.facts.keys() {
            if !["topic", "pytorch", "burn", "candle", "when", "seen", "numbers", "fix"].contains(&key.as_str()) {
                faults.push(format!("{}: what is `//! {key}: …`?", wrong.name));
            }
        }
        if !TOPICS.contains(&wrong.fact("topic")) {
            faults.push(format!(
                "{}: `{}` is no topic of the page",
                wrong.name,
                wrong.fact("topic")
            ));
        }
    }
    none(&faults);
}

#[test]
fn messages_name_the_numbers_and_speak_no_binary() {
    let mut faults = Vec::new();
    for wrong in catalogue() {
        let (name, said) = (&wrong.name, wrong.said());
        for number in wrong
            .fact("numbers")
            .split(',')
            .map(str::trim)
            .filter(|number| !number.is_empty())
        {
            if !mentions(&said, number) {
                faults.push(format!("{name}: the first error does not name {number}:\n{said}"));
            }
        }
        for word in ["UInt<", "UTerm", "PrivateSub", "typenum::"] {
            if wrong.message.contains(word) {
                faults.push(format!("{name}: the message speaks of `{word}`"));
            }
        }
        // What `pub use` does not reach is written with its module: `dim::window::Slide`.
        let cited = wrong
            .message
            .lines()
            .flat_map(|line| [line.split_once("the trait `"), line.split_once("to implement `")])
            .flatten();
        for (_, cited) in cited {
            let path = cited.split(['<', '`']).next().unwrap();
            let public = ["tintype::", "std::"].iter().any(|krate| path.starts_with(krate));
            if path.contains("::") && !public {
                faults.push(format!("{name}: the trait `{path}` is private"));
            }
        }
    }
    none(&faults);
}

#[test]
fn messages_are_short_and_come_alone() {
    let mut faults = Vec::new();
    for wrong in catalogue() {
        let first = wrong.message.lines().next().map_or(0, |line| line.chars().count());
        if first > 210 {
            faults.push(format!("{}: a first line of {first} characters", wrong.name));
        }
        let (errors, lines) = (wrong.errors().len(), wrong.message.lines().count());
        if errors != 1 {
            faults.push(format!("{}: {errors} errors for one mistake", wrong.name));
        }
        if lines > 25 {
            faults.push(format!("{}: {lines} lines", wrong.name));
        }
    }
    none(&faults);
}

/// Text in a cell of a table: as code, whatever is in it.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// What a framework says: prose where it says nothing, and its message otherwise.
fn message(text: &str) -> String {
    if text.starts_with("no error") {
        text.replace('|', "\\|")
    } else {
        code(text)
    }
}

/// Where a message was seen: a link to a page, or a file of PyTorch's source.
fn source(seen: &str) -> String {
    let one = |source: &str| match source.strip_prefix("https://") {
        Some(page) => format!("[{}]({source})", page.trim_start_matches("github.com/")),
        None => format!("`{}`", source.trim_start_matches("pytorch/pytorch ")),
    };
    seen.split(", ").map(one).collect::<Vec<_>>().join(", ")
}

/// The tables, a topic after another.
fn tables(catalogue: &[Wrong]) -> String {
    let mut page = String::new();
    for topic in TOPICS {
        let of_topic: Vec<_> = catalogue.iter().filter(|wrong| wrong.fact("topic") == topic).collect();
        writeln!(page, "## {topic}\n").unwrap();
        page.push_str(
            "| at run time, PyTorch | when | at `cargo check`, tintype | the fix |\n| --- | --- | --- | --- |\n",
        );
        for wrong in of_topic {
            let mut said = message(wrong.fact("pytorch"));
            for other in ["burn", "candle"] {
                if !wrong.fact(other).is_empty() {
                    write!(said, "<br>{other}: {}", code(wrong.fact(other))).unwrap();
                }
            }
            writeln!(
                page,
                "| {said}<br><sub>{}</sub> | {} | {}<br><sub>[{name}](../ui-tests/{name}.rs)</sub> | {} |",
                source(wrong.fact("seen")),
                wrong.fact("when"),
                code(&wrong.headline()),
                wrong.fact("fix").replace('|', "\\|"),
                name = wrong.name,
            )
            .unwrap();
        }
        page.push('\n');
    }
    page
}

#[test]
fn the_page_of_errors_is_the_catalogue() {
    let catalogue = catalogue();
    let template = fs::read_to_string(root().join("ui-tests/errors.template.md")).unwrap();
    let page = template
        .replace("{{count}}", &catalogue.len().to_string())
        .replace("{{tables}}\n", &tables(&catalogue));
    let path = root().join("docs/errors.md");
    if std::env::var_os("TINTYPE_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/errors.md is not what ui-tests/ says: TINTYPE_BLESS=1 cargo test --test ui writes it"
    );
}
