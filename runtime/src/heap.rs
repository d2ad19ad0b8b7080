//! What the heap is told about the memory of residuals.

/// Tells the heap that a stack of residuals takes this many bytes.
///
/// glibc gives the end of its heap back to the system when more than a threshold is free there, which is twice the largest
/// block that it has mapped apart and freed, at first 128 KiB. Residuals of that size would be given back after each call,
/// and their pages mapped again, and zeroed, in the next. A block of four times their size, which is not touched, raises
/// the threshold; glibc does not let it grow beyond 32 MiB. Source: mallopt(3), `M_MMAP_THRESHOLD`.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[inline]
pub(crate) fn expect(bytes: usize) {
    use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    const MANY: usize = 32 << 10;
    const MOST: usize = 32 << 20;
    static TOLD: AtomicUsize = AtomicUsize::new(MANY);

    #[cold]
    fn tell(bytes: usize) {
        TOLD.store(bytes, Relaxed);
        let mut block = alloc::vec::Vec::<u8>::new();
        // what the heap does not have need not be told
        if block.try_reserve_exact((4 * bytes).min(MOST)).is_ok() {
            drop(core::hint::black_box(block));
        }
    }

    if bytes > TOLD.load(Relaxed) && bytes < MOST {
        tell(bytes);
    }
}

/// Other heaps keep their memory by rules of their own.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[inline]
pub(crate) fn expect(_bytes: usize) {}
