//! Short lists of words that are stored as text: what reading and binding them takes. A leaf.

/// An enum of which each variant has a name.
pub(crate) trait Named: Copy + 'static {
    /// Of one, so that it can be lent to a statement.
    fn text(self) -> &'static &'static str;

    fn from_text(text: &str) -> Option<Self>;
}
