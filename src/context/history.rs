//! Histories of things, as the audit trail and the steps of a thing tell them.

use super::Context;
use crate::error::Result;
use crate::model::history::HistoryLine;
use crate::output::List;

impl Context {
    /// The lines in the order of time; for people instants stand in the hub's time zone.
    pub(crate) fn list_history(
        &self, list: &mut List<'_, HistoryLine>, mut lines: Vec<HistoryLine>,
    ) -> Result<()> {
        // The sort is stable: what one change did stays in its order.
        lines.sort_by_key(|line| line.at);
        let is_drawn = self.out.is_drawing();
        for line in lines {
            if !self.had_happened(line.at) {
                break;
            }
            let line = if is_drawn { line.in_zone(self.zone) } else { line };
            if !list.row(&line)? {
                break;
            }
        }
        Ok(())
    }
}
