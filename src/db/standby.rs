//! What is said of a server that is read while another takes changes.

/// A standby that is read in place of its primary.
pub(crate) struct Standby {
    /// With its port.
    pub(crate) host: String,
    /// None where it does not say: it has not replayed anything since it was started.
    pub(crate) seconds_behind: Option<i64>,
}
