//! Whole-process measurements, each as a ratio against a peer in the same run: pairs A B A B …, so that a machine whose
//! speed drifts drifts for both. Run with `cargo bench`, or one of them with `cargo bench -- respond`.
//!
//! The peer is the `sqlite3` shell. What needs it, or a real directory, says aloud when it is absent.

#![expect(clippy::expect_used, reason = "a measurement that cannot be made stops")]
#![expect(clippy::cast_precision_loss, reason = "kibibytes are shown as mebibytes")]

mod accounts;
mod batch;
mod desk;
mod find;
mod import;
mod lists;
mod memory;
mod pair;
mod respond;
mod server;
mod sharing;
mod start;
mod town;

use pair::{tell, wants};

fn main() {
    let benches: [(&str, fn()); 13] = [
        ("start", start::run),
        ("respond", respond::run),
        ("list", lists::run),
        ("referral", lists::referrals),
        ("offers", lists::offers),
        ("find", find::run),
        ("import", import::run),
        ("accounts", accounts::run),
        ("memory", memory::run),
        ("batch", batch::run),
        ("sharing", sharing::run),
        ("people", desk::searches),
        ("desk", desk::lists),
    ];
    tell("whole-process figures; a ratio below 1 means faster than the peer\n");
    for (name, bench) in benches {
        if wants(name) {
            bench();
        }
    }
}
