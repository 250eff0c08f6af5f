//! The least of what goes wrong.

use std::time::{Duration, Instant};

/// The fewest of these with which it still fails, found by leaving out ever smaller parts, for so long.
pub fn shrunk<T: Clone>(items: &[T], lasts: Duration, fails: impl Fn(&[T]) -> bool) -> Vec<T> {
    let until = Instant::now() + lasts;
    let mut kept = items.to_vec();
    let mut size = kept.len().div_ceil(2).max(1);
    loop {
        let mut at = 0;
        let before = kept.len();
        while at < kept.len() && Instant::now() < until {
            let end = (at + size).min(kept.len());
            let less = [&kept[..at], &kept[end..]].concat();
            if fails(&less) {
                kept = less;
            } else {
                at = end;
            }
        }
        if Instant::now() >= until || size == 1 && kept.len() == before {
            return kept;
        }
        size = if kept.len() < before { size.min(kept.len()).max(1) } else { (size / 2).max(1) };
    }
}

#[test]
fn what_is_not_needed_is_left_out() {
    let items: Vec<u32> = (0..500).collect();
    let fails = |some: &[u32]| [17, 18, 311].iter().all(|one| some.contains(one));
    assert_eq!(shrunk(&items, Duration::from_secs(20), fails), [17, 18, 311]);
}
