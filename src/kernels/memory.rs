//! Memory that comes back: a thread keeps the blocks that it has given up, by size, and hands them out again.
//!
//! What it saves is the allocator's work for small blocks, and for large ones the fresh pages of the operating system, which
//! cost more than most arithmetic on them. A block goes to the thread that gives it up, whichever took it.
//!
//! There are two kinds, which never mix: blocks of [numbers](Kind::Numbers), whose bytes are always initialised so that
//! a kernel may be given them as they are, and blocks of [objects](Kind::Objects), which may leave holes.

use core::cell::RefCell;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicUsize, Ordering, fence};
use std::alloc::{Layout, alloc, alloc_zeroed, dealloc, handle_alloc_error};
use std::thread::LocalKey;

/// The most bytes that a thread keeps idle of one kind.
const MOST_IDLE: usize = 256 << 20;

/// What the contents of every block are aligned to.
pub const ALIGNMENT: usize = 16;

/// What the contents of larger blocks are aligned to: a cache line.
const LINE: usize = 64;

/// The largest block that is not worth aligning to a cache line.
const SMALL: usize = 512;

/// What a block holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Numbers,
    Objects,
}

/// What stands before a block's contents.
#[repr(C, align(16))]
pub struct Header {
    /// The references to the block, for types that share it.
    references: AtomicUsize,
    /// For whoever has the block.
    pub length: usize,
    class: u32,
    /// How far behind the beginning of the allocation the header stands.
    offset: u32,
    link: Link,
}

/// What a block needs while it is idle, and what it needs while it is not.
union Link {
    /// The next idle block of the same size.
    next: Option<NonNull<Header>>,
    /// See [`Header::dropper`].
    dropper: Option<Dropper>,
}

/// Drops what is in a block and gives the block back.
pub type Dropper = unsafe fn(NonNull<Header>);

impl Header {
    /// Where the contents of a block are.
    ///
    /// # Safety
    ///
    /// The block must be one that [`take`] has given.
    #[inline]
    pub unsafe fn contents(header: NonNull<Header>) -> NonNull<u8> {
        // SAFETY: the contents stand behind the header, in the same allocation.
        unsafe { header.add(1).cast() }
    }

    /// For types whose blocks hold different things: how to drop this one's. `None` at first.
    #[inline]
    pub fn dropper(&self) -> Option<Dropper> {
        // SAFETY: `take` has written it, and only `set_dropper` writes it before the block is given back.
        unsafe { self.link.dropper }
    }

    /// Sets what [`dropper`](Header::dropper) says.
    ///
    /// # Safety
    ///
    /// The block must hold what `dropper` drops before anybody calls it.
    pub unsafe fn set_dropper(&mut self, dropper: Dropper) {
        self.link.dropper = Some(dropper);
    }

    /// Another reference to the block.
    ///
    /// # Safety
    ///
    /// The caller must have a reference. The block is kept until the new one is dropped too.
    #[inline]
    pub unsafe fn add_reference(&self) {
        // As in `Arc`: who has a reference can hand it on without a barrier.
        let references = self.references.fetch_add(1, Ordering::Relaxed);
        assert!(references < isize::MAX as usize, "too many references");
    }

    /// One reference fewer. Whether it was the last: the block is then the caller's alone.
    ///
    /// # Safety
    ///
    /// The reference must be the caller's, who does not use the block any more unless it was the last.
    #[inline]
    pub unsafe fn drop_reference(&self) -> bool {
        if self.is_unique() {
            // Nobody else can make another reference, so nothing needs to be written.
            return true;
        }
        if self.references.fetch_sub(1, Ordering::Release) != 1 {
            return false;
        }
        fence(Ordering::Acquire);
        true
    }

    /// Whether there is one reference: the caller's, who then sees all that others did before they dropped theirs.
    #[inline]
    pub fn is_unique(&self) -> bool {
        self.references.load(Ordering::Acquire) == 1
    }
}

/// The size class of blocks of so many bytes, header included: steps of 16 up to 128, and eight to each doubling from there.
#[inline]
fn class_of(bytes: usize) -> usize {
    let last = bytes - 1;
    if last < 128 {
        return last / 16;
    }
    let doublings = (last / 128).ilog2() as usize;
    8 * doublings + (last >> (4 + doublings))
}

/// The bytes of the blocks of a class.
#[inline]
fn size_of_class(class: usize) -> usize {
    let doublings = (class / 8).saturating_sub(1);
    (class - 8 * doublings + 1) << (4 + doublings)
}

/// The classes whose blocks are kept.
const CLASSES: usize = 8 * (MOST_IDLE.ilog2() as usize - 6);

/// How a block of a class is allocated.
fn layout(class: usize) -> Layout {
    let size = size_of_class(class);
    let room = if size <= SMALL { 0 } else { LINE - ALIGNMENT };
    Layout::from_size_align(size + room, ALIGNMENT).expect("a block that fits the address space")
}

/// The idle blocks of one class.
#[derive(Clone, Copy)]
struct Class {
    first: Option<NonNull<Header>>,
    /// When one was last asked for.
    asked: u64,
}

/// The idle blocks of a thread.
struct Pool {
    classes: [Class; CLASSES],
    bytes: usize,
    clock: u64,
}

impl Pool {
    const fn new() -> Self {
        let class = Class { first: None, asked: 0 };
        Pool {
            classes: [class; CLASSES],
            bytes: 0,
            clock: 0,
        }
    }

    fn take(&mut self, class: usize) -> Option<NonNull<Header>> {
        let of_class = self.classes.get_mut(class)?;
        self.clock += 1;
        of_class.asked = self.clock;
        let block = of_class.first?;
        // SAFETY: an idle block is the pool's own, and its header is initialised.
        of_class.first = unsafe { (*block.as_ptr()).link.next };
        self.bytes -= size_of_class(class);
        Some(block)
    }

    /// Keeps a block, in place of those of the sizes that nobody has asked for the longest time. Gives it back if it is
    /// too large.
    fn keep(&mut self, block: NonNull<Header>) -> Result<(), NonNull<Header>> {
        // SAFETY: the caller hands over the block, whose header is initialised.
        let class = unsafe { (*block.as_ptr()).class } as usize;
        let size = size_of_class(class);
        if class >= CLASSES || size > MOST_IDLE {
            return Err(block);
        }
        while self.bytes + size > MOST_IDLE {
            self.free_oldest();
        }
        self.bytes += size;
        let of_class = &mut self.classes[class];
        // SAFETY: as above.
        unsafe { (*block.as_ptr()).link.next = of_class.first };
        of_class.first = Some(block);
        Ok(())
    }

    #[cold]
    fn free_oldest(&mut self) {
        let idle = (0..CLASSES).filter(|&class| self.classes[class].first.is_some());
        let oldest = idle.min_by_key(|&class| self.classes[class].asked);
        let asked = oldest.map(|class| self.classes[class].asked);
        if let (Some(class), Some(asked)) = (oldest, asked)
            && let Some(block) = self.take(class)
        {
            self.classes[class].asked = asked;
            // SAFETY: an idle block is nobody else's.
            unsafe { free(block) };
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        for class in 0..CLASSES {
            while let Some(block) = self.take(class) {
                // SAFETY: an idle block is nobody else's.
                unsafe { free(block) };
            }
        }
    }
}

thread_local! {
    static NUMBERS: RefCell<Pool> = const { RefCell::new(Pool::new()) };
    static OBJECTS: RefCell<Pool> = const { RefCell::new(Pool::new()) };
}

fn pool(kind: Kind) -> &'static LocalKey<RefCell<Pool>> {
    match kind {
        Kind::Numbers => &NUMBERS,
        Kind::Objects => &OBJECTS,
    }
}

/// A block with room for contents of so many bytes, with one reference: the caller's. The contents are aligned to
/// [`ALIGNMENT`] and, if they are more than a few lines, to 64 bytes. Of [`Kind::Numbers`] all bytes are initialised.
pub fn take(kind: Kind, bytes: usize) -> NonNull<Header> {
    assert!(bytes < isize::MAX as usize / 2, "no block is that large");
    let class = class_of(size_of::<Header>() + bytes);
    // A thread that is ending has no pool any more.
    let kept = pool(kind).try_with(|pool| pool.borrow_mut().take(class)).ok().flatten();
    let block = kept.unwrap_or_else(|| fresh(kind, class));
    // SAFETY: the block is nobody else's, and its header is initialised.
    unsafe {
        (*block.as_ptr()).references = AtomicUsize::new(1);
        (*block.as_ptr()).link.dropper = None;
    }
    block
}

/// Gives a block up.
///
/// # Safety
///
/// It must be one that [`take`] has given for this kind, and nothing may refer to it any more. All bytes of
/// [`Kind::Numbers`] must still be initialised.
pub unsafe fn give_back(kind: Kind, block: NonNull<Header>) {
    let kept = pool(kind).try_with(|pool| pool.borrow_mut().keep(block));
    if !matches!(kept, Ok(Ok(()))) {
        // SAFETY: the caller gives it up, and no pool has it.
        unsafe { free(block) };
    }
}

#[cold]
fn fresh(kind: Kind, class: usize) -> NonNull<Header> {
    let layout = layout(class);
    // SAFETY: no layout here is of size 0.
    let start = unsafe {
        match kind {
            Kind::Numbers => alloc_zeroed(layout),
            Kind::Objects => alloc(layout),
        }
    };
    let Some(start) = NonNull::new(start) else {
        handle_alloc_error(layout)
    };
    let offset = if layout.size() <= SMALL {
        0
    } else {
        (start.as_ptr() as usize + size_of::<Header>()).wrapping_neg() % LINE
    };
    let header = Header {
        references: AtomicUsize::new(0),
        length: 0,
        class: class as u32,
        offset: offset as u32,
        link: Link { next: None },
    };
    // SAFETY: the allocation has room for the offset, the header and the contents, and all are multiples of its alignment.
    unsafe {
        let block = start.add(offset).cast::<Header>();
        block.write(header);
        block
    }
}

/// # Safety
///
/// The block must be a fresh one's, and nothing may refer to it any more.
#[cold]
unsafe fn free(block: NonNull<Header>) {
    // SAFETY: this is what `fresh` allocated.
    unsafe {
        let (class, offset) = ((*block.as_ptr()).class, (*block.as_ptr()).offset);
        dealloc(block.cast::<u8>().sub(offset as usize).as_ptr(), layout(class as usize));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::sync::atomic::AtomicPtr;

    fn idle(kind: Kind) -> usize {
        pool(kind).with_borrow(|pool| pool.bytes)
    }

    #[test]
    fn classes_are_the_least_that_fit() {
        let sizes = (1..5000).chain((13..30).flat_map(|log| (1 << log) - 2..(1 << log) + 3));
        for bytes in sizes {
            let class = class_of(bytes);
            assert!(size_of_class(class) >= bytes, "{bytes}");
            assert!(class == 0 || size_of_class(class - 1) < bytes, "{bytes}");
            assert!(size_of_class(class) <= bytes + bytes.div_ceil(8).max(15), "{bytes}");
            assert_eq!(size_of_class(class) % ALIGNMENT, 0);
        }
        assert_eq!(class_of(MOST_IDLE), CLASSES - 1);
    }

    #[test]
    fn blocks_come_back_by_size_and_by_kind() {
        for bytes in [0, 1, 100, 1000, 100_000] {
            let block = take(Kind::Numbers, bytes);
            // SAFETY: the blocks are this test's, and given back once.
            unsafe {
                give_back(Kind::Numbers, block);
                let other = take(Kind::Objects, bytes);
                let longer = take(Kind::Numbers, 2 * bytes + 1000);
                assert_ne!((other, longer), (block, block));
                assert_eq!(take(Kind::Numbers, bytes), block);
                give_back(Kind::Objects, other);
                give_back(Kind::Numbers, longer);
                give_back(Kind::Numbers, block);
            }
        }
    }

    #[test]
    fn contents_are_aligned_initialised_and_the_takers_own() {
        for bytes in [0, 16, 480, 481, 5000] {
            let blocks = [take(Kind::Numbers, bytes), take(Kind::Numbers, bytes)];
            for (block, value) in blocks.into_iter().zip([1, 2]) {
                // SAFETY: the blocks are this test's, and have room for so many bytes.
                unsafe {
                    let contents = Header::contents(block);
                    let line = if bytes > SMALL - size_of::<Header>() {
                        LINE
                    } else {
                        ALIGNMENT
                    };
                    assert_eq!(contents.as_ptr() as usize % line, 0);
                    let slice = core::slice::from_raw_parts_mut(contents.as_ptr(), bytes);
                    slice.fill(value);
                }
            }
            for (block, value) in blocks.into_iter().zip([1, 2]) {
                // SAFETY: as above.
                unsafe {
                    let slice = core::slice::from_raw_parts(Header::contents(block).as_ptr(), bytes);
                    assert!(slice.iter().all(|&byte| byte == value));
                    give_back(Kind::Numbers, block);
                }
            }
        }
    }

    #[test]
    fn a_thread_keeps_no_more_than_the_most() {
        let run = || {
            let size = MOST_IDLE / 4 - 100;
            let old = take(Kind::Numbers, size / 2);
            let blocks: Vec<_> = (0..6).map(|_| take(Kind::Numbers, size)).collect();
            // SAFETY: the blocks are this thread's, and given back once.
            unsafe {
                let old_class = (*old.as_ptr()).class as usize;
                give_back(Kind::Numbers, old);
                blocks.into_iter().for_each(|block| give_back(Kind::Numbers, block));
                assert_eq!(idle(Kind::Numbers), MOST_IDLE);
                let first = NUMBERS.with_borrow(|pool| pool.classes[old_class].first);
                assert!(first.is_none(), "what nobody asks for goes first");
                give_back(Kind::Numbers, take(Kind::Numbers, 2 * MOST_IDLE));
                assert_eq!(idle(Kind::Numbers), MOST_IDLE, "what is larger is not kept");
            }
        };
        std::thread::spawn(run).join().unwrap();
    }

    #[test]
    fn blocks_outlive_their_threads() {
        let block = std::thread::spawn(|| AtomicPtr::new(take(Kind::Numbers, 1000).as_ptr()))
            .join()
            .unwrap();
        let block = NonNull::new(block.into_inner()).unwrap();
        // SAFETY: nobody else has the block.
        unsafe {
            give_back(Kind::Numbers, block);
            assert_eq!(take(Kind::Numbers, 1000), block);
            give_back(Kind::Numbers, block);
        }
    }
}
