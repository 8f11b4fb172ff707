//! Wrong programs, and what the compiler says of them.
//!
//! Every file of `ui-tests/` is a short program with one mistake and a first line that says what PyTorch makes of it. Its
//! message is pinned beside it, for the compiler that `rust-toolchain.toml` names; `TRYBUILD=overwrite cargo test --test ui`
//! pins new ones, which are then to be read.

use std::fs;
use std::path::{Path, PathBuf};

fn programs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui-tests");
    let mut programs: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    programs.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    programs.sort();
    programs
}

#[test]
fn wrong_programs_do_not_compile() {
    trybuild::TestCases::new().compile_fail("ui-tests/*.rs");
}

/// The numbers that a program is about, which its first line states: `//! numbers: 3, 17`.
fn numbers(program: &str) -> Vec<&str> {
    let line = program
        .lines()
        .find_map(|line| line.strip_prefix("//! numbers:"))
        .unwrap_or_default();
    line.split(',')
        .map(str::trim)
        .filter(|number| !number.is_empty())
        .collect()
}

/// Whether a text has a number that is not a part of a longer one.
fn mentions(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        !digit(text[..at].chars().next_back()) && !digit(text[at + number.len()..].chars().next())
    })
}

#[test]
fn messages_name_both_numbers_and_speak_no_binary() {
    let programs = programs();
    assert!(
        programs.len() >= 40,
        "there are {} wrong programs, and there should be at least 40",
        programs.len()
    );
    let mut faults = Vec::new();
    for path in programs {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let program = fs::read_to_string(&path).unwrap();
        let message = fs::read_to_string(path.with_extension("stderr")).expect("every wrong program has its message");
        assert!(
            program.starts_with("//! "),
            "{name} does not begin with what PyTorch makes of the mistake"
        );
        // What rustc says of the error itself, without the program that it quotes.
        let first: Vec<&str> = message.split("\n\n").next().unwrap().lines().take(10).collect();
        let quoted = |line: &&&str| line.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let said = first
            .iter()
            .filter(|line| !quoted(line))
            .copied()
            .collect::<Vec<_>>()
            .join("\n");
        for word in ["UInt<", "UTerm", "PrivateSub"] {
            if message.lines().take(10).any(|line| line.contains(word)) {
                faults.push(format!("{name}: the first ten lines speak of `{word}`"));
            }
        }
        for number in numbers(&program) {
            if !mentions(&said, number) {
                faults.push(format!("{name}: the first error does not name {number}:\n{said}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
