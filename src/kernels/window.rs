//! What convolutions and pools share: how a window walks over one axis.

use core::ops::Range;

/// One spatial axis of a window that walks over a padded input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Entries of the input.
    pub input: usize,
    /// Entries of the window.
    pub kernel: usize,
    /// From one position of the window to the next.
    pub stride: usize,
    /// From one entry of the window to the next.
    pub dilation: usize,
    /// Entries added to the input before it and behind it.
    pub padding: (usize, usize),
}

impl Window {
    /// A window over the whole of an axis of this length, as those axes have that are not there.
    pub const ABSENT: Window = Window {
        input: 1,
        kernel: 1,
        stride: 1,
        dilation: 1,
        padding: (0, 0),
    };

    /// How many positions there are: `⌊(input + padding - dilation (kernel - 1) - 1) / stride⌋ + 1`.
    ///
    /// # Panics
    ///
    /// If the window does not fit.
    pub fn output(&self) -> usize {
        let (padded, reach) = (self.padded(), self.reach());
        assert!(reach <= padded, "a window of {reach} does not fit an axis of {padded}");
        (padded - reach) / self.stride + 1
    }

    /// The length of the padded input.
    pub fn padded(&self) -> usize {
        self.padding.0 + self.input + self.padding.1
    }

    /// The length that a dilated window covers: `dilation (kernel - 1) + 1`.
    pub fn reach(&self) -> usize {
        assert!(
            self.kernel > 0 && self.stride > 0 && self.dilation > 0,
            "{self:?} has a zero"
        );
        self.dilation * (self.kernel - 1) + 1
    }

    /// Whether this axis and another have this kernel and stride, and neither has dilation or padding.
    pub fn is_square_with(self, other: Window, kernel: usize, stride: usize) -> bool {
        let plain = |window: Window| {
            window
                == Window {
                    input: window.input,
                    kernel,
                    stride,
                    ..Window::ABSENT
                }
        };
        plain(self) && plain(other)
    }

    /// The positions at which entry `tap` of the window meets the input itself and not the padding.
    pub fn positions(&self, tap: usize) -> Range<usize> {
        let (offset, before) = (tap * self.dilation, self.padding.0);
        let first = before.saturating_sub(offset).div_ceil(self.stride);
        let end = (self.input + before).saturating_sub(offset).div_ceil(self.stride);
        first..end.clamp(first, self.output().max(first))
    }

    /// The entries of the window that meet the input itself at this position.
    pub fn taps(&self, position: usize) -> Range<usize> {
        let (offset, before) = (position * self.stride, self.padding.0);
        let first = before.saturating_sub(offset).div_ceil(self.dilation);
        let end = (self.input + before).saturating_sub(offset).div_ceil(self.dilation);
        first..end.clamp(first, self.kernel.max(first))
    }

    /// Where in the input entry `tap` of the window lies at this position. (It must lie there: see [`Self::positions`].)
    pub fn source(&self, position: usize, tap: usize) -> usize {
        position * self.stride + tap * self.dilation - self.padding.0
    }
}

/// For every tap of a window of three axes, in order, and every row of output positions: the stretch of the row where the
/// tap meets the input, as `visit(tap, row)`.
pub fn for_each_row(windows: &[Window; 3], mut visit: impl FnMut(usize, Row)) {
    let [depth, height, width] = *windows;
    let [_, out_height, out_width] = windows.map(|window| window.output());
    for kd in 0..depth.kernel {
        for kh in 0..height.kernel {
            for kw in 0..width.kernel {
                let across = width.positions(kw);
                if across.is_empty() {
                    continue;
                }
                for (od, oh) in depth
                    .positions(kd)
                    .flat_map(|od| height.positions(kh).map(move |oh| (od, oh)))
                {
                    let row = (depth.source(od, kd) * height.input + height.source(oh, kh)) * width.input;
                    let source = row + width.source(across.start, kw);
                    let first = (od * out_height + oh) * out_width + across.start;
                    visit(
                        (kd * height.kernel + kh) * width.kernel + kw,
                        Row {
                            source,
                            step: width.stride,
                            out: first..first + across.len(),
                        },
                    );
                }
            }
        }
    }
}

/// A stretch of output positions and what one tap meets there.
pub struct Row {
    /// Where in the input's plane the tap lies at the first position.
    pub source: usize,
    /// From one position to the next in the input's plane.
    pub step: usize,
    /// The positions in the output's plane.
    pub out: Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::{ROUNDS, Random};

    #[test]
    fn positions_are_those_that_meet_the_input() {
        for seed in 0..4 * ROUNDS {
            let mut random = Random::new(seed);
            let [kernel, stride, dilation] = [0; 3].map(|_| random.size(1..=4));
            let padding = (random.size(0..=4), random.size(0..=4));
            let window = Window {
                input: random.size(0..=12),
                kernel,
                stride,
                dilation,
                padding,
            };
            if window.reach() > window.padded() {
                continue;
            }
            for tap in 0..kernel {
                let meets = |position: &usize| {
                    let at = position * stride + tap * dilation;
                    (padding.0..padding.0 + window.input).contains(&at)
                };
                let expected: Vec<usize> = (0..window.output()).filter(meets).collect();
                assert_eq!(window.positions(tap).collect::<Vec<_>>(), expected, "{window:?} {tap}");
                let met = |position: usize| window.taps(position).contains(&tap);
                assert!((0..window.output()).all(|position| met(position) == meets(&position)));
            }
        }
    }
}
