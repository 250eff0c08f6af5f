//! Ends the process where a reader holds more memory than a file may ever take, at the place that asks for it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The text of an input is at most a megabyte, and what is packed in it at most 64.
const MOST: usize = 512 << 20;

static HELD: AtomicUsize = AtomicUsize::new(0);

struct Bounded;

#[global_allocator]
static ALLOCATOR: Bounded = Bounded;

fn take(size: usize) {
    let held = HELD.fetch_add(size, Ordering::Relaxed).saturating_add(size);
    if held > MOST {
        // To panic takes memory too.
        HELD.store(0, Ordering::Relaxed);
        panic!("a reader holds {held} bytes");
    }
}

// SAFETY: all is done by the allocator of the system; beside it a number is kept.
unsafe impl GlobalAlloc for Bounded {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        take(size);
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(at, layout, size) }
    }
}
