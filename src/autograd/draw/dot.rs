//! The language of Graphviz.

use super::{CAPTION, OPERATION, Picture};
use core::fmt::Write;

pub(super) fn draw(picture: &Picture) -> String {
    let [fill, border] = OPERATION;
    let mut dot = format!(
        "digraph gradients {{\n    \
         label=\"{CAPTION}\";\n    \
         node [shape=box, style=\"rounded,filled\", fontname=\"monospace\", fillcolor=\"{fill}\", color=\"{border}\"];\n"
    );
    for (number, node) in picture.nodes.iter().enumerate() {
        let label = format!("{}\\n{}", escape(&node.name), node.shape);
        let [fill, border] = node.colors();
        let colors = if node.is_leaf {
            format!(", fillcolor=\"{fill}\", color=\"{border}\"")
        } else {
            String::new()
        };
        let _ = writeln!(dot, "    n{number} [label=\"{label}\"{colors}];");
    }
    for [from, to] in &picture.edges {
        let _ = writeln!(dot, "    n{from} -> n{to};");
    }
    dot + "}\n"
}

/// A name inside a quoted string of DOT.
fn escape(name: &str) -> String {
    name.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    #[test]
    fn two_nodes() {
        let x = tensor([1.0, 2.0]).requires_grad();
        let expected = r##"digraph gradients {
    label="gradients flow along the arrows, from the result to the leaves";
    node [shape=box, style="rounded,filled", fontname="monospace", fillcolor="#e8eefc", color="#5b7bd5"];
    n0 [label="SumBackward\n[]"];
    n1 [label="AccumulateGrad\n[2]", fillcolor="#e2f3e4", color="#4c9a5b"];
    n0 -> n1;
}
"##;
        assert_eq!(x.sum().to_dot(), expected);
    }

    #[test]
    fn names_are_escaped() {
        assert_eq!(escape(r#"a"b\c"#), r#"a\"b\\c"#);
    }
}
