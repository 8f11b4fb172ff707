//! Where the nodes of a graph stand and how its edges run: rows from the result at the top to the leaves at the bottom, after
//! Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (1981).
//!
//! Rows are longest paths, an edge that passes rows does so through a waypoint in each, the order in a row follows the
//! neighbours' mean positions, and columns come as close to those means as the order allows. Edges to one node share their
//! waypoints, so that a weight used in every step of a long loop has one line down to it and not one for each step.

use std::collections::HashMap;

/// The height of a node.
pub(super) const HEIGHT: f64 = 44.0;
/// The space between two rows.
const BETWEEN_ROWS: f64 = 36.0;
/// The space between two neighbours in a row.
const BETWEEN_COLUMNS: f64 = 24.0;
/// The width that an edge takes where it passes a row.
const WAYPOINT: f64 = 8.0;
/// The most space between two edges at a node.
const PORT: f64 = 16.0;
/// The most waypoints of a drawing. A graph that needs more has its long edges drawn straight across.
const MOST_WAYPOINTS: usize = 300_000;
/// How often rows are ordered, and columns moved, downwards and upwards again.
const ROUNDS: usize = 12;

/// A point, from the upper left corner.
pub(super) type Point = [f64; 2];

pub(super) struct Layout {
    /// The middle of each node's upper side.
    pub(super) nodes: Vec<Point>,
    pub(super) curves: Vec<Curve>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A line from the bottom of a node or waypoint to the top of another.
pub(super) struct Curve {
    /// By turns, a curve to the next point and a straight line down past a row.
    pub(super) points: Vec<Point>,
    /// Whether it ends at a node, and not where it joins another line.
    pub(super) arrives: bool,
}

/// Lays out a graph without cycles, all of whose nodes can be reached from the first, by the widths of its nodes.
pub(super) fn layout(widths: &[f64], edges: &[[usize; 2]]) -> Layout {
    let rows = rows(widths.len(), edges);
    let mut grid = Grid::new(widths, edges, &rows);
    grid.order();
    grid.place();
    let curves = grid.curves();
    let nodes = (0..widths.len()).map(|node| grid.top(node, 0.0)).collect();
    let right_sides = grid.items.iter().map(|item| item.x + item.width / 2.0);
    Layout {
        nodes,
        curves,
        width: right_sides.fold(0.0, f64::max),
        height: grid.rows.len() as f64 * (HEIGHT + BETWEEN_ROWS) - BETWEEN_ROWS,
    }
}

/// The row of each node: the length of the longest path to it from the first.
fn rows(nodes: usize, edges: &[[usize; 2]]) -> Vec<usize> {
    let mut next = vec![Vec::new(); nodes];
    let mut missing = vec![0; nodes];
    for &[from, to] in edges {
        next[from].push(to);
        missing[to] += 1;
    }
    let mut rows = vec![0; nodes];
    let mut ready = vec![0];
    while let Some(node) = ready.pop() {
        for &to in &next[node] {
            rows[to] = rows[to].max(rows[node] + 1);
            missing[to] -= 1;
            if missing[to] == 0 {
                ready.push(to);
            }
        }
    }
    rows
}

/// A node, or a waypoint: where an edge passes a row.
struct Item {
    row: usize,
    /// The position in the row.
    position: usize,
    x: f64,
    width: f64,
    above: Vec<usize>,
    below: Vec<usize>,
}

/// The place that an item would like, and how much.
struct Wanted {
    x: f64,
    weight: f64,
}

/// All nodes, and after them all waypoints.
struct Grid {
    items: Vec<Item>,
    /// How many of the items are nodes.
    nodes: usize,
    /// The items of each row, from left to right.
    rows: Vec<Vec<usize>>,
    /// The edges of the items, from each to one further down.
    edges: Vec<[usize; 2]>,
}

impl Grid {
    fn new(widths: &[f64], edges: &[[usize; 2]], node_rows: &[usize]) -> Grid {
        let mut grid = Grid {
            items: Vec::new(),
            nodes: widths.len(),
            rows: vec![Vec::new(); node_rows.iter().max().map_or(0, |last| last + 1)],
            edges: Vec::new(),
        };
        for (&row, &width) in node_rows.iter().zip(widths) {
            grid.add(row, width);
        }
        // The highest row from which an edge leads to each node.
        let mut highest = node_rows.to_vec();
        for &[from, to] in edges {
            highest[to] = highest[to].min(node_rows[from]);
        }
        let needed: usize = highest
            .iter()
            .zip(node_rows)
            .map(|(high, low)| (low - high).saturating_sub(1))
            .sum();
        let mut waypoints = HashMap::new();
        if needed <= MOST_WAYPOINTS {
            for to in 0..widths.len() {
                let mut below = to;
                for row in (highest[to] + 1..node_rows[to]).rev() {
                    let waypoint = grid.add(row, WAYPOINT);
                    grid.connect(waypoint, below);
                    waypoints.insert((to, row), waypoint);
                    below = waypoint;
                }
            }
        }
        for &[from, to] in edges {
            let first = waypoints.get(&(to, node_rows[from] + 1));
            grid.connect(from, *first.unwrap_or(&to));
        }
        grid
    }

    fn add(&mut self, row: usize, width: f64) -> usize {
        let item = self.items.len();
        self.items.push(Item {
            row,
            position: self.rows[row].len(),
            x: 0.0,
            width,
            above: Vec::new(),
            below: Vec::new(),
        });
        self.rows[row].push(item);
        item
    }

    fn connect(&mut self, from: usize, to: usize) {
        self.items[from].below.push(to);
        self.items[to].above.push(from);
        self.edges.push([from, to]);
    }

    /// Every row, downwards (`true`) and then upwards.
    fn sweep(&self) -> impl Iterator<Item = (usize, bool)> + use<> {
        let rows = 0..self.rows.len();
        rows.clone()
            .map(|row| (row, true))
            .chain(rows.rev().map(|row| (row, false)))
    }

    /// Orders the rows by the mean positions of their neighbours: of those above on the way down, of those below on the way up.
    fn order(&mut self) {
        for (row, downwards) in (0..ROUNDS).flat_map(|_| self.sweep()).collect::<Vec<_>>() {
            let key = |item: &usize| {
                let Item {
                    above, below, position, ..
                } = &self.items[*item];
                let neighbours = if downwards { above } else { below };
                mean(neighbours.iter().map(|&other| self.items[other].position as f64)).unwrap_or(*position as f64)
            };
            let mut keyed: Vec<(f64, usize)> = self.rows[row].iter().map(|item| (key(item), *item)).collect();
            keyed.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            for (position, &(_, item)) in keyed.iter().enumerate() {
                self.items[item].position = position;
                self.rows[row][position] = item;
            }
        }
    }

    /// Moves the items of each row towards their neighbours, and then everything to the left margin.
    fn place(&mut self) {
        for round in 0..ROUNDS {
            for (row, downwards) in self.sweep() {
                let items = &self.rows[row];
                let wanted: Vec<Wanted> = items.iter().map(|&item| self.wanted(item, round, downwards)).collect();
                let widths: Vec<f64> = items.iter().map(|&item| self.items[item].width).collect();
                for (&item, x) in items.iter().zip(spread(&wanted, &widths)) {
                    self.items[item].x = x;
                }
            }
        }
        let left_sides = self.items.iter().map(|item| item.x - item.width / 2.0);
        let left = left_sides.fold(f64::INFINITY, f64::min);
        self.items.iter_mut().for_each(|item| item.x -= left);
    }

    /// Where an item would stand if it were alone: first under its neighbours above or over those below, in the end between all.
    fn wanted(&self, item: usize, round: usize, downwards: bool) -> Wanted {
        let Item { above, below, x, .. } = &self.items[item];
        let (first, second): (&[usize], &[usize]) = match (2 * round < ROUNDS, downwards) {
            (true, true) => (above, &[]),
            (true, false) => (below, &[]),
            (false, _) => (above, below),
        };
        let (mut sum, mut weight) = (0.0, 0.0);
        for &other in first.iter().chain(second) {
            let pull = self.pull(item, other);
            sum += pull * self.items[other].x;
            weight += pull;
        }
        if weight == 0.0 {
            Wanted { x: *x, weight: 1.0 }
        } else {
            Wanted {
                x: sum / weight,
                weight,
            }
        }
    }

    /// How much an edge wants to be upright: long ones more than those that join nodes.
    fn pull(&self, item: usize, other: usize) -> f64 {
        match [item, other].into_iter().filter(|item| *item >= self.nodes).count() {
            0 => 1.0,
            1 => 2.0,
            _ => 16.0,
        }
    }

    /// The lines: one for each edge, as far as its first waypoint, and one for each chain of waypoints.
    fn curves(&self) -> Vec<Curve> {
        let nodes = self.nodes;
        let starts = self.ports(|[from, to]| (from, to));
        let ends = self.ports(|[from, to]| (to, from));
        // A waypoint has one edge down: its end at the node below, if it is the last of its chain.
        let mut end_below = HashMap::new();
        for (&[from, _], &end) in self.edges.iter().zip(&ends) {
            if from >= nodes {
                end_below.insert(from, end);
            }
        }
        let from_nodes = self.edges.iter().enumerate().filter(|(_, [from, _])| *from < nodes);
        let from_nodes = from_nodes.map(|(edge, &[from, to])| {
            let mut points = vec![self.bottom(from, starts[edge]), self.top(to, ends[edge])];
            if to >= nodes {
                points.push(self.bottom(to, 0.0));
            }
            Curve {
                points,
                arrives: to < nodes,
            }
        });
        let is_first = |waypoint: &usize| self.items[*waypoint].above.iter().all(|&above| above < nodes);
        let chains = (nodes..self.items.len()).filter(is_first).map(|first| {
            let mut points = vec![self.bottom(first, 0.0)];
            let (mut last, mut below) = (first, self.items[first].below[0]);
            while below >= nodes {
                points.extend([self.top(below, 0.0), self.bottom(below, 0.0)]);
                (last, below) = (below, self.items[below].below[0]);
            }
            points.push(self.top(below, end_below[&last]));
            Curve { points, arrives: true }
        });
        from_nodes.chain(chains).collect()
    }

    /// How far from the middle of a node each edge starts or ends, so that edges between the same nodes lie side by side and those
    /// of one node do not cross. `end` gives the item in question and the one at the other end.
    fn ports(&self, end: impl Fn([usize; 2]) -> (usize, usize)) -> Vec<f64> {
        let mut at = vec![Vec::new(); self.nodes];
        for (edge, &items) in self.edges.iter().enumerate() {
            let (this, other) = end(items);
            if this < self.nodes {
                at[this].push((self.items[other].x, edge));
            }
        }
        let mut ports = vec![0.0; self.edges.len()];
        for (mut edges, item) in at.into_iter().zip(&self.items) {
            edges.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            let step = (item.width / (edges.len() + 1) as f64).min(PORT);
            let middle = (edges.len() as f64 - 1.0) / 2.0;
            for (port, (_, edge)) in edges.into_iter().enumerate() {
                ports[edge] = (port as f64 - middle) * step;
            }
        }
        ports
    }

    /// A point of an item's upper side, this far from the middle.
    fn top(&self, item: usize, port: f64) -> Point {
        let Item { row, x, .. } = self.items[item];
        [x + port, row as f64 * (HEIGHT + BETWEEN_ROWS)]
    }

    /// A point of an item's lower side, this far from the middle.
    fn bottom(&self, item: usize, port: f64) -> Point {
        let [x, y] = self.top(item, port);
        [x, y + HEIGHT]
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// The places closest to the wanted ones, in the weighted sum of squares, at which items of these widths stand in order and apart:
/// by merging neighbours that come too close into blocks (Ayer et al. 1955, "pool adjacent violators").
fn spread(wanted: &[Wanted], widths: &[f64]) -> Vec<f64> {
    let mut offsets = vec![0.0];
    for pair in widths.windows(2) {
        offsets.push(offsets[offsets.len() - 1] + (pair[0] + pair[1]) / 2.0 + BETWEEN_COLUMNS);
    }
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        let (mut place, mut weight, mut count) = (wanted.x - offset, wanted.weight, 1);
        while let Some((before, more, members)) = blocks.pop_if(|(before, ..)| *before > place) {
            place = (place * weight + before * more) / (weight + more);
            weight += more;
            count += members;
        }
        blocks.push((place, weight, count));
    }
    let places = blocks
        .into_iter()
        .flat_map(|(place, _, count)| std::iter::repeat_n(place, count));
    places.zip(offsets).map(|(place, offset)| place + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_longest_paths() {
        assert_eq!(rows(4, &[[0, 1], [1, 2], [0, 2], [2, 3], [0, 3]]), [0, 1, 2, 3]);
    }

    #[test]
    fn places_are_as_wanted_where_there_is_room() {
        let spread = |wanted: &[[f64; 2]], widths| {
            let wanted: Vec<Wanted> = wanted.iter().map(|&[x, weight]| Wanted { x, weight }).collect();
            spread(&wanted, widths)
        };
        assert_eq!(spread(&[[0.0, 1.0], [500.0, 1.0]], &[100.0, 60.0]), [0.0, 500.0]);
        assert_eq!(spread(&[[200.0, 1.0], [200.0, 1.0]], &[100.0, 100.0]), [138.0, 262.0]);
        assert_eq!(spread(&[[200.0, 3.0], [200.0, 1.0]], &[100.0, 100.0]), [169.0, 293.0]);
        assert_eq!(spread(&[], &[]), [0.0; 0]);
    }

    #[test]
    fn nodes_of_a_row_do_not_overlap_and_nothing_leaves_the_drawing() {
        let edges = [[0, 1], [0, 2], [0, 3], [1, 4], [2, 4], [3, 5], [0, 5], [4, 6], [5, 6]];
        let widths = [140.0, 100.0, 120.0, 90.0, 100.0, 80.0, 60.0];
        let Layout {
            nodes,
            curves,
            width,
            height,
        } = layout(&widths, &edges);
        for (a, [x, y]) in nodes.iter().enumerate() {
            assert!(x - widths[a] / 2.0 >= -1e-9 && x + widths[a] / 2.0 <= width + 1e-9 && y + HEIGHT <= height);
            for (b, [other_x, other_y]) in nodes.iter().enumerate().skip(a + 1) {
                assert!(y != other_y || (x - other_x).abs() >= (widths[a] + widths[b]) / 2.0 + BETWEEN_COLUMNS - 1e-9);
            }
        }
        // From 0 to 5 the edge passes the row of 1, 2 and 3: it joins a waypoint, whose own line arrives.
        assert_eq!(
            (curves.len(), curves.iter().filter(|curve| curve.arrives).count()),
            (10, 9)
        );
    }

    #[test]
    fn long_edges_to_one_node_share_their_way() {
        let chain = 2000;
        let edges: Vec<[usize; 2]> = (0..chain).flat_map(|node| [[node, node + 1], [node, chain]]).collect();
        let curves = layout(&vec![50.0; chain + 1], &edges).curves;
        let points: usize = curves.iter().map(|curve| curve.points.len()).sum();
        assert!(points < 10 * chain, "{points} points for {chain} nodes");
    }
}
