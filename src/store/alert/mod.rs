//! Alerts: queued with an assignment, delivered later.

mod queue;

pub(crate) use queue::{Assignment, is_code_taken, queue, withdraw};
