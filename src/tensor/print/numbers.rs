//! The text of each number, as wide as its neighbours, by the rules of PyTorch's `torch/_tensor_str.py`.

/// The entries that are shown, as text.
pub(super) struct Cells {
    pub(super) texts: Vec<String>,
    /// The width that all of them are padded to.
    pub(super) width: usize,
}

/// How the floating-point numbers of one tensor are written.
#[derive(Clone, Copy)]
enum Style {
    /// `12.`
    Whole,
    /// `12.3400`
    Fixed,
    /// `1.2340e+01`
    Scientific,
}

/// Whether a number has a part in choosing style and width. Zeros, infinities and NaN follow the others.
fn counts(value: f64) -> bool {
    value.is_finite() && value != 0.0
}

impl Style {
    /// Scientific if the numbers are far apart, large, or small fractions; whole if all of them are.
    fn of(values: &[f64]) -> Style {
        let sizes = || values.iter().filter(|value| counts(**value)).map(|value| value.abs());
        let (least, most) = (sizes().fold(f64::INFINITY, f64::min), sizes().fold(0.0, f64::max));
        let whole = sizes().all(|size| size.fract() == 0.0);
        if most == 0.0 {
            Style::Whole
        } else if most / least > 1000.0 || most > 1e8 || (!whole && least < 1e-4) {
            Style::Scientific
        } else if whole {
            Style::Whole
        } else {
            Style::Fixed
        }
    }

    fn write(self, value: f64, decimals: usize) -> String {
        if value.is_nan() {
            return "nan".to_owned();
        }
        if value.is_infinite() {
            return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
        }
        match self {
            Style::Whole => format!("{value:.0}."),
            Style::Fixed => format!("{value:.decimals$}"),
            Style::Scientific => {
                // Rust writes 1.5e-4 where C and Python write 1.5e-04.
                let text = format!("{value:.decimals$e}");
                let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
                format!("{digits}e{:+03}", exponent.parse::<i32>().unwrap_or(0))
            }
        }
    }
}

impl Cells {
    /// Integers and truth values, which stand as they are.
    pub(super) fn new(texts: Vec<String>) -> Cells {
        let width = texts.iter().map(String::len).max().unwrap_or(1);
        Cells::padded(texts, width)
    }

    /// Floating-point numbers, in one style for all.
    pub(super) fn of_floats(values: &[f64], decimals: usize) -> Cells {
        let style = Style::of(values);
        let texts: Vec<String> = values.iter().map(|&value| style.write(value, decimals)).collect();
        let counted = values.iter().zip(&texts).filter(|(value, _)| counts(**value));
        let width = counted.map(|(_, text)| text.len()).max().unwrap_or(1);
        Cells::padded(texts, width)
    }

    fn padded(texts: Vec<String>, width: usize) -> Cells {
        let texts = texts.iter().map(|text| format!("{text:>width$}")).collect();
        Cells { texts, width }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(values: &[f64]) -> Vec<String> {
        Cells::of_floats(values, 4).texts
    }

    #[test]
    fn the_limits_of_each_style() {
        assert_eq!(texts(&[1.0, 1000.0]), ["   1.", "1000."]);
        assert_eq!(texts(&[1.0, 1001.0]), ["1.0000e+00", "1.0010e+03"]);
        assert_eq!(texts(&[1e8]), ["100000000."]);
        assert_eq!(texts(&[1e8 + 1.0]), ["1.0000e+08"]);
        assert_eq!(texts(&[1e-4]), ["0.0001"]);
        assert_eq!(texts(&[0.99e-4]), ["9.9000e-05"]);
    }

    #[test]
    fn zeros_and_infinities_follow_the_others() {
        assert_eq!(texts(&[0.0, -0.0]), ["0.", "-0."]);
        assert_eq!(texts(&[0.0, 0.5]), ["0.0000", "0.5000"]);
        assert_eq!(texts(&[f64::INFINITY, 0.5]), ["   inf", "0.5000"]);
        assert_eq!(texts(&[0.0, 1e10]), ["0.0000e+00", "1.0000e+10"]);
    }

    #[test]
    fn halves_are_rounded_to_even_as_in_python() {
        assert_eq!(texts(&[0.03125, 0.09375]), ["0.0312", "0.0938"]);
    }
}
