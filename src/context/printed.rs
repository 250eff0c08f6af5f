//! PDFs that a run writes: each is recorded before the file is there, and a dry run writes and records nothing.

use super::{Audited, ContactLook, Context, Tx};
use crate::error::Result;
use crate::model::access::Right;
use crate::output::target::{Destination, TargetFile};

/// The looks at contact details that a page shows, and the code of the thing that the entry of the audit trail is about.
pub(crate) struct Looks {
    pub(crate) subject: String,
    pub(crate) looks: Vec<ContactLook>,
}

impl Context {
    /// Exports what `read` finds as the document that `build` makes of it; returns its length too.
    pub(crate) fn export_pdf<T>(
        &self, action: &'static str, right: impl Into<Right>, to: &Destination,
        mut read: impl FnMut(&mut Tx<'_>) -> Result<(T, Audited)>, build: impl FnOnce(&T) -> Result<Vec<u8>>,
    ) -> Result<(T, usize)> {
        to.must_not_be_a_terminal()?;
        let begun = self.audited_export(action, right, to, |tx| {
            let (found, entry) = read(tx)?;
            Ok(((found, self.begin_file(to)?), entry))
        })?;
        self.built(to, begun, build)
    }

    /// The same for what shows contact details: each look is in the register before the file is there (rule 1.12).
    pub(crate) fn export_contacts_pdf<T>(
        &self, action: &'static str, command: &'static str, to: &Destination,
        mut read: impl FnMut(&mut Tx<'_>) -> Result<(T, Looks)>, build: impl FnOnce(&T) -> Result<Vec<u8>>,
    ) -> Result<(T, usize)> {
        to.must_not_be_a_terminal()?;
        let read = |tx: &mut Tx<'_>| {
            let (found, looks) = read(tx)?;
            Ok(((found, self.begin_file(to)?), looks))
        };
        let begun = self.registered_export(
            action,
            Right::Everyone,
            self.only_tries(to),
            read,
            |tx, _begun, Looks { subject, looks }| {
                self.disclose_on_paper(tx, &subject, looks, command).map(Some)
            },
        )?;
        self.built(to, begun, build)
    }

    fn built<T>(
        &self, to: &Destination, (found, mut file): (T, TargetFile),
        build: impl FnOnce(&T) -> Result<Vec<u8>>,
    ) -> Result<(T, usize)> {
        let bytes = build(&found)?;
        if !self.only_tries(to) {
            file.add(&bytes)?;
            file.keep()?;
        }
        Ok((found, bytes.len()))
    }
}
