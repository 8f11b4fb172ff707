//! Where each entry stands: nested brackets, broken lines, and `...` for what is left out.

use super::LINE;
use super::numbers::Cells;

/// How many entries at either edge of an axis an elided tensor shows.
const EDGE: usize = 3;

/// How many places along an axis are shown.
fn shown(size: usize, elided: bool) -> usize {
    if left_out(size, elided) { 2 * EDGE } else { size }
}

/// Whether the middle of an axis is left out.
fn left_out(size: usize, elided: bool) -> bool {
    elided && size > 2 * EDGE
}

/// The flat positions of the entries that are shown, in order.
pub(super) fn positions(dims: &[usize], elided: bool) -> Vec<usize> {
    dims.iter().fold(vec![0], |positions, &size| {
        let count = shown(size, elided);
        let along = move |i| if i < count.div_ceil(2) { i } else { size - count + i };
        positions
            .iter()
            .flat_map(|position| (0..count).map(move |i| position * size + along(i)))
            .collect()
    })
}

/// The entries that are shown, in brackets that start at column `indent`.
pub(super) fn nested(cells: &Cells, dims: &[usize], elided: bool, indent: usize) -> String {
    if dims.contains(&0) {
        return "[]".to_owned();
    }
    axis(cells, &mut cells.texts.iter(), dims, elided, indent)
}

/// The brackets of one axis around those of the axes after it.
fn axis<'a>(
    cells: &Cells,
    next: &mut impl Iterator<Item = &'a String>,
    dims: &[usize],
    elided: bool,
    indent: usize,
) -> String {
    let Some((&size, inner)) = dims.split_first() else {
        return next.next().cloned().unwrap_or_default();
    };
    let mut parts: Vec<String> = (0..shown(size, elided))
        .map(|_| axis(cells, next, inner, elided, indent + 1))
        .collect();
    if left_out(size, elided) {
        parts.insert(EDGE, if inner.is_empty() { " ..." } else { "..." }.to_owned());
    }
    let indentation = " ".repeat(indent + 1);
    if !inner.is_empty() {
        let lines = "\n".repeat(inner.len());
        return format!("[{}]", parts.join(&format!(",{lines}{indentation}")));
    }
    let per_line = (LINE.saturating_sub(indent) / (cells.width + 2)).max(1);
    let lines: Vec<String> = parts.chunks(per_line).map(|line| line.join(", ")).collect();
    format!("[{}]", lines.join(&format!(",\n{indentation}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_at_the_edges() {
        assert_eq!(positions(&[], false), [0]);
        assert_eq!(positions(&[2, 3], false), [0, 1, 2, 3, 4, 5]);
        assert_eq!(positions(&[7], true), [0, 1, 2, 4, 5, 6]);
        assert_eq!(
            positions(&[2, 100], true),
            [0, 1, 2, 97, 98, 99, 100, 101, 102, 197, 198, 199]
        );
        assert_eq!(positions(&[3, 0, 2], true), [0; 0]);
    }
}
