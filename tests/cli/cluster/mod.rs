//! Several servers of one database: what is promised where one takes over from another (rules 7.90 to 7.94).

mod failover;
mod pair;
mod patroni;
mod pooler;
mod restore;
mod takeover;

pub use self::pair::Pair;

/// How many servers are to go away, if one asks for what needs more programs than PostgreSQL's own.
fn asked_for() -> Option<u32> {
    let times = std::env::var("CAREDESK_TEST_CLUSTER").ok()?;
    Some(times.parse().expect("a number of servers to kill"))
}
