//! What the machine can do at best: bytes read and written in memory.

/// Reads one slice and writes the other.
pub fn stream(from: &[f32], to: &mut [f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to = from * 2.0);
}
