//! The graph as a drawing, for Graphviz or by itself.

mod dot;
mod layout;
mod svg;

use super::backward::HasGraph;
use super::grad_fn::GradFn;
use super::state::Track;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use std::collections::HashMap;

/// What every drawing says about its arrows.
const CAPTION: &str = "gradients flow along the arrows, from the result to the leaves";
/// How a drawing tells operations and leaves apart: the colours of a node and of its border.
const OPERATION: [&str; 2] = ["#e8eefc", "#5b7bd5"];
const LEAF: [&str; 2] = ["#e2f3e4", "#4c9a5b"];

/// A graph to draw. Its nodes are numbered anew, by their distance from the result, so that one program always gives the same
/// drawing.
struct Picture {
    /// The result is the first.
    nodes: Vec<DrawnNode>,
    /// From a node to one that its gradient goes to next, in the order of the inputs.
    edges: Vec<[usize; 2]>,
}

struct DrawnNode {
    name: String,
    shape: String,
    is_leaf: bool,
}

impl Picture {
    /// Everything that can be reached from a node, each node once. By a loop: graphs are deeper than stacks.
    fn of(result: &GradFn) -> Picture {
        let mut found = vec![result.clone()];
        let mut numbers = HashMap::from([(result.id(), 0)]);
        let mut edges = Vec::new();
        let mut current = 0;
        while current < found.len() {
            for next in found[current].next_functions() {
                let number = *numbers.entry(next.id()).or_insert_with(|| {
                    found.push(next);
                    found.len() - 1
                });
                edges.push([current, number]);
            }
            current += 1;
        }
        let nodes = found.iter().map(DrawnNode::of).collect();
        Picture { nodes, edges }
    }
}

impl DrawnNode {
    fn of(node: &GradFn) -> DrawnNode {
        DrawnNode {
            name: node.name(),
            shape: format!("{:?}", node.shape()),
            is_leaf: node.is_leaf(),
        }
    }

    fn colors(&self) -> [&'static str; 2] {
        if self.is_leaf { LEAF } else { OPERATION }
    }
}

impl GradFn {
    /// The graph from this node to its leaves in the language of Graphviz: `dot -Tpng` draws it.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, 2.0]).requires_grad();
    /// let dot = (&x * &x).sum().grad_fn().unwrap().to_dot();
    /// assert!(dot.contains(r#"n1 [label="MulBackward\n[2]"]"#));
    /// assert_eq!(dot.matches("n1 -> n2").count(), 2); // x is both factors, and drawn once
    /// ```
    pub fn to_dot(&self) -> String {
        dot::draw(&Picture::of(self))
    }

    /// The graph from this node to its leaves as an SVG image, which every browser shows. No other program is needed.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, 2.0]).requires_grad();
    /// let svg = (&x * &x).sum().grad_fn().unwrap().to_svg();
    /// assert!(svg.contains("MulBackward"));
    /// ```
    pub fn to_svg(&self) -> String {
        svg::draw(&Picture::of(self))
    }
}

impl<S: Shape, E: Float, G: Track> Tensor<S, E, G> {
    /// The graph behind this tensor in the language of Graphviz: [`GradFn::to_dot`], which also draws a leaf by itself.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
    /// let y = &x - 2.0;
    /// let dot = (&y * &y * 3.0).mean().to_dot();
    /// assert!(dot.starts_with("digraph"));
    /// ```
    pub fn to_dot(&self) -> String
    where
        G: HasGraph,
    {
        self.node().to_dot()
    }

    /// The graph behind this tensor as an SVG image: [`GradFn::to_svg`], which also draws a leaf by itself.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
    /// let y = &x - 2.0;
    /// let svg = (&y * &y * 3.0).mean().to_svg();
    /// std::fs::write(std::env::temp_dir().join("graph.svg"), svg)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn to_svg(&self) -> String
    where
        G: HasGraph,
    {
        self.node().to_svg()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    #[test]
    fn shared_nodes_are_drawn_once_and_numbered_from_the_result() {
        let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
        let y = &x - 2.0;
        let picture = Picture::of(&(&y * &y * 3.0).mean().grad_fn().unwrap());
        let names: Vec<&str> = picture.nodes.iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names[0], "MeanBackward");
        assert_eq!(names[names.len() - 1], "AccumulateGrad");
        assert_eq!(names.iter().filter(|name| **name == "SubBackward").count(), 1);
        assert_eq!(picture.nodes.len(), 5);
        assert_eq!(picture.edges, [[0, 1], [1, 2], [2, 3], [2, 3], [3, 4]]);
        let leaves = picture.nodes.iter().filter(|node| node.is_leaf).count();
        assert_eq!((leaves, picture.nodes[4].shape.as_str()), (1, "[2, 2]"));
    }

    #[test]
    fn a_leaf_is_a_drawing_too() {
        let x = tensor([1.0]).requires_grad();
        let dot = x.to_dot();
        assert!(dot.contains("AccumulateGrad") && !dot.contains("->"));
        assert!(x.to_svg().contains("AccumulateGrad"));
    }

    #[test]
    fn the_same_program_gives_the_same_drawing() {
        let draw = || {
            let x = tensor([1.0, 2.0]).requires_grad();
            let y = x.exp();
            let z = (&y * &x + &y).sum();
            (z.to_dot(), z.to_svg())
        };
        assert_eq!(draw(), draw());
    }

    #[test]
    fn a_long_chain_is_drawn_by_loops() {
        let run = || {
            let x = tensor([1.0]).requires_grad();
            let mut y = &x + 0.0;
            for _ in 0..100_000 {
                y = &y + &x; // x has an edge from every node, down to the last row
            }
            assert_eq!(y.to_dot().matches(" -> ").count(), 200_001);
            assert_eq!(y.to_svg().matches("<text").count(), 2 * 100_002 + 1);
        };
        let thread = std::thread::Builder::new().stack_size(256 << 10);
        thread.spawn(run).unwrap().join().unwrap();
    }
}
