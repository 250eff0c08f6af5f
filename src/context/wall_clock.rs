//! Local times that come twice, when the clock on the wall is put back: which of the two is meant is said once.

use super::Context;

impl Context {
    /// Notes which of the two a time is; `twice` is what is to be said of it, if it comes twice. A transaction may be tried
    /// again, and says it once all the same.
    pub(crate) fn say_which(&self, twice: Option<String>) {
        let Some(note) = twice else { return };
        let mut said = self.said_of_times.borrow_mut();
        if !said.contains(&note) {
            self.out.note(&note);
            said.push(note);
        }
    }
}
