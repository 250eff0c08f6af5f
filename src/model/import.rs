//! The counts of an import, and the errors that follow from them.

use crate::model::prelude::*;

view! {
    /// Counted during an import. At its end `read` is the sum of the four others.
    #[derive(Copy, Default, Eq)]
    pub(crate) struct Counts("import", |_view| "") {
        read: u64 => Number,
        created: u64 => Number,
        updated: u64 => Number,
        unchanged: u64 => Number,
        rejected: u64 => Number,
    }
}

impl Counts {
    /// For people, without a full stop: `28 read, 3 created, 1 updated, 24 unchanged, 0 rejected`.
    pub(crate) fn words(&self) -> String {
        let Counts { read, created, updated, unchanged, rejected } = self;
        format!(
            "{read} read, {created} created, {updated} updated, {unchanged} unchanged, {rejected} rejected"
        )
    }

    /// All or nothing: `import.rejected` if anything was rejected. Called inside the transaction, which the
    /// error rolls back.
    pub(crate) fn all_or_nothing(&self) -> Result<()> {
        if self.rejected == 0 {
            return Ok(());
        }
        let message = format!("{}, so nothing was written", self.rejected_words());
        Err(Error::invalid("import.rejected", message)
            .hint("correct the rows, or import the good ones with `--keep-going`")
            .detail("read", self.read)
            .detail("rejected", self.rejected))
    }

    fn rejected_words(&self) -> String {
        let rows = counted(self.read, "row", "rows");
        format!("{} of {rows} {} rejected", self.rejected, if self.rejected == 1 { "was" } else { "were" })
    }

    /// With `--keep-going`, after the transaction and the report: `import.partial` if anything was rejected.
    pub(crate) fn partial(&self) -> Result<()> {
        if self.rejected == 0 {
            return Ok(());
        }
        let message = format!("{}; the others were imported", self.rejected_words());
        let counts = [
            ("read", self.read),
            ("created", self.created),
            ("updated", self.updated),
            ("unchanged", self.unchanged),
            ("rejected", self.rejected),
        ];
        let error = Error::new(Kind::Partial, "import.partial", message).hint(
            "correct those rows and import the file again: rows that are already imported stay as they are",
        );
        Err(counts.into_iter().fold(error, |error, (key, count)| error.detail(key, count)))
    }
}

/// The value of `--map`: a field and the column that holds it.
pub(crate) fn mapping(text: &str) -> Result<(String, String), String> {
    let parted = text.split_once('=').filter(|(field, column)| !field.is_empty() && !column.is_empty());
    let (field, column) =
        parted.ok_or_else(|| format!("`{text}` is not FIELD=COLUMN, such as name=\"Full name\""))?;
    Ok((field.trim().to_owned(), column.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reject_ends_an_import_in_two_ways() {
        let clean = Counts { read: 2, created: 2, ..Counts::default() };
        assert!(clean.all_or_nothing().is_ok() && clean.partial().is_ok());
        let mixed = Counts { read: 2, created: 1, rejected: 1, ..Counts::default() };
        assert_eq!(mixed.all_or_nothing().unwrap_err().kind(), Kind::Invalid);
        assert_eq!(mixed.partial().unwrap_err().kind(), Kind::Partial);
    }
}
