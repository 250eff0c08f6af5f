//! `disclosure`: the register of accesses to another provider's records (rule 3.10).

mod list;
mod pdf;

use crate::commands::prelude::*;
use crate::model::disclosure::DisclosureView;

verbs! {
    Disclosure (needs ReadDisclosures): lists DisclosureView, changes pdf::Printed;

    /// List who has seen whose records, and on what basis, newest first
    List(list::List) => list::run,
    /// Print for a client who has seen what another holds, as a PDF to take along
    Pdf(pdf::Pdf) => pdf::run,
}
