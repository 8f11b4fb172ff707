//! An SVG image that stands by itself.

use super::layout::{Curve, HEIGHT, Layout, Point, layout};
use super::{CAPTION, DrawnNode, Picture};
use core::fmt::Write;

/// The width of a letter: 0.6 of the size of the type in all common monospaced fonts.
const LETTER: f64 = 7.8;
const TYPE: &str = "font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"13\"";
/// The space beside the text in a node, and around the graph.
const MARGIN: f64 = 16.0;
/// The height of the line that explains the drawing.
const CAPTION_HEIGHT: f64 = 40.0;
const LINES: &str = "#7d8594";
const TEXT: &str = "#1d2330";
const QUIET_TEXT: &str = "#596173";

pub(super) fn draw(picture: &Picture) -> String {
    let widths: Vec<f64> = picture.nodes.iter().map(width).collect();
    let Layout {
        nodes: places,
        curves,
        width,
        height,
    } = layout(&widths, &picture.edges);
    // A narrow graph stands in the middle above its caption.
    let whole_width = width.max(CAPTION.len() as f64 * LETTER) + 2.0 * MARGIN;
    let whole_height = height + CAPTION_HEIGHT + 2.0 * MARGIN;
    let (x, y) = ((whole_width - width) / 2.0, CAPTION_HEIGHT + MARGIN);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{whole_width:.0}" height="{whole_height:.0}" viewBox="0 0 {whole_width:.0} {whole_height:.0}" {TYPE} text-anchor="middle">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0.5 8 4 0 7.5z" fill="{LINES}"/></marker></defs>
<rect width="100%" height="100%" fill="white"/>
<text x="{:.1}" y="28" fill="{QUIET_TEXT}">{CAPTION}</text>
<g transform="translate({x:.1} {y:.1})">
<g fill="none" stroke="{LINES}" stroke-width="1.4">
"#,
        whole_width / 2.0
    );
    curves.iter().for_each(|curve| add_curve(&mut svg, curve));
    svg += "</g>\n";
    for ((node, place), width) in picture.nodes.iter().zip(places).zip(widths) {
        add_node(&mut svg, node, place, width);
    }
    svg + "</g>\n</svg>\n"
}

/// The width of a node: that of the longer of its two lines.
fn width(node: &DrawnNode) -> f64 {
    let letters = node.name.chars().count().max(node.shape.len());
    letters as f64 * LETTER + 2.0 * MARGIN
}

fn add_curve(svg: &mut String, Curve { points, arrives }: &Curve) {
    let [x, y] = points[0];
    let _ = write!(svg, r#"<path d="M{x:.1} {y:.1}"#);
    for (step, pair) in points.windows(2).enumerate() {
        let [[from_x, from_y], [x, y]] = [pair[0], pair[1]];
        if step % 2 == 1 || from_x == x {
            let _ = write!(svg, "L{x:.1} {y:.1}");
        } else {
            // It leaves and arrives upright.
            let half = (from_y + y) / 2.0;
            let _ = write!(svg, "C{from_x:.1} {half:.1} {x:.1} {half:.1} {x:.1} {y:.1}");
        }
    }
    *svg += if *arrives {
        "\" marker-end=\"url(#arrow)\"/>\n"
    } else {
        "\"/>\n"
    };
}

fn add_node(svg: &mut String, node: &DrawnNode, [x, y]: Point, width: f64) {
    let [fill, border] = node.colors();
    let (left, name, shape) = (x - width / 2.0, escape(&node.name), escape(&node.shape));
    let corner = if node.is_leaf { HEIGHT / 2.0 } else { 6.0 };
    let _ = write!(
        svg,
        r#"<rect x="{left:.1}" y="{y:.1}" width="{width:.1}" height="{HEIGHT}" rx="{corner}" fill="{fill}" stroke="{border}"/>
<text x="{x:.1}" y="{:.1}" fill="{TEXT}">{name}</text>
<text x="{x:.1}" y="{:.1}" fill="{QUIET_TEXT}">{shape}</text>
"#,
        y + 18.0,
        y + 35.0
    );
}

/// Text between tags.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autograd::draw::{LEAF, OPERATION};
    use crate::prelude::*;

    /// Checks that tags nest and that text is escaped, and counts the elements of a name.
    fn count_well_formed(svg: &str, element: &str) -> usize {
        let (mut open, mut count, mut rest) = (Vec::new(), 0, svg);
        while let Some((text, tag)) = rest.split_once('<') {
            assert!(!text.contains('>'), "an unescaped > in {text:?}");
            assert!(
                text.split('&').skip(1).all(|entity| entity.contains(';')),
                "an unescaped & in {text:?}"
            );
            let (tag, after) = tag.split_once('>').expect("a tag ends");
            assert!(!tag.contains('<') && tag.matches('"').count() % 2 == 0, "<{tag}>");
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None => {
                    let name = tag.split([' ', '/']).next().unwrap_or(tag);
                    count += usize::from(name == element);
                    if !tag.ends_with('/') {
                        open.push(name);
                    }
                }
            }
            rest = after;
        }
        assert!(open.is_empty() && rest.trim().is_empty());
        count
    }

    #[test]
    fn nodes_and_lines_are_all_there_and_well_formed() {
        let x = tensor([[1.0, 2.0], [3.0, 4.0]]).requires_grad();
        let y = &x - 2.0;
        let svg = (&y * &y * 3.0).mean().to_svg();
        assert_eq!(count_well_formed(&svg, "rect"), 1 + 5);
        assert_eq!(count_well_formed(&svg, "path"), 1 + 5);
        assert_eq!(svg.matches("MulBackward").count(), 2);
        assert_eq!(svg.matches(&format!("fill=\"{}\"", LEAF[0])).count(), 1);
        assert_eq!(svg.matches(&format!("fill=\"{}\"", OPERATION[0])).count(), 4);
    }

    #[test]
    fn names_are_escaped() {
        let node = |name: &str| DrawnNode {
            name: name.to_owned(),
            shape: "[2]".to_owned(),
            is_leaf: false,
        };
        let picture = Picture {
            nodes: vec![node("A<B>&C"), node("D")],
            edges: vec![[0, 1]],
        };
        let svg = draw(&picture);
        assert_eq!(count_well_formed(&svg, "text"), 1 + 4);
        assert!(svg.contains(">A&lt;B&gt;&amp;C<"));
    }
}
