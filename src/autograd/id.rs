//! The numbers of nodes, and what is kept under them.

use core::hash::{BuildHasherDefault, Hasher};
use core::sync::atomic::{AtomicU64, Ordering};
use std::collections::HashMap;

/// A number greater than any that was given before.
pub(crate) fn next_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A map whose keys are nodes, or outputs of nodes.
pub(super) type ById<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// A hash of numbers that count up, which need no more than to be spread: Knuth's multiplicative one.
#[derive(Default)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(byte.into()));
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }
    fn finish(&self) -> u64 {
        // The high bits are the best mixed, and the map looks at the low ones first.
        self.0.rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::hash::BuildHasher;
    use std::collections::HashSet;

    #[test]
    fn numbers_that_count_up_are_spread() {
        let hasher = BuildHasherDefault::<IdHasher>::default();
        let places = |keys: &mut dyn Iterator<Item = (u64, u32)>| -> HashSet<u64> {
            keys.map(|key| hasher.hash_one(key) % 4096).collect()
        };
        assert!(places(&mut (0..1024).map(|id| (id, 0))).len() > 800);
        assert!(places(&mut (0..1024).map(|id| (7 * id, 1))).len() > 800);
        assert_eq!(places(&mut (0..6).map(|output| (5, output))).len(), 6);
    }
}
