//! The counts of an import, and the errors that follow from them.

use schemars::JsonSchema;
use serde_json::Value;

use crate::model::prelude::*;
use crate::model::sharing::VisibilityChange;
use crate::model::tally::Tally;
use crate::model::text::shell_word;

view! {
    /// Counted during an import. At its end `read` is the sum of the four others.
    #[derive(Copy, Default, Eq, serde::Deserialize)]
    pub(crate) struct Counts("import", |_view| "") {
        read: u64 => Number,
        created: u64 => Number,
        updated: u64 => Number,
        unchanged: u64 => Number,
        rejected: u64 => Number,
    }
}

view! {
    /// What an import did, what it took away, and what it left aside.
    #[derive(Default)]
    pub(crate) struct Summary("import", |_view| "") {
        ..counts: Counts,
        /// Fields that lost their value, because the source has them and they are empty there, and how often (rule 5.2).
        cleared: Tally => Many(hidden),
        /// What the files have and nothing here keeps, by kind (rule 5.2).
        not_kept: Tally => Many(hidden),
        /// In a dry run, the first values that would change.
        changes: Vec<FieldChange> => Many(hidden),
        /// In a dry run, how many more things would change.
        more_changes: u64 => Number(hidden),
        /// Who sees more records after it.
        gains: Vec<VisibilityChange> => Many(hidden),
        /// Who sees fewer.
        losses: Vec<VisibilityChange> => Many(hidden),
        /// The code with which it can be taken back (rule 5.6); none of a dry run, and if nothing changed.
        import: Option<String> => Code(hidden),
    }
}

/// One value of a thing that an import changes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct FieldChange {
    /// The code, login or name of the thing.
    pub(crate) subject: String,
    pub(crate) field: String,
    pub(crate) from: Value,
    pub(crate) to: Value,
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

/// Where the rows of a file come from (rule 5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) source: String,
    /// The source is the name of a file, and rows came from one of this name before: that it is the same has to show in
    /// the rows, since many files are called alike.
    unproven: bool,
}

impl Origin {
    /// The source that was named, else the name of the file: the first source of all, or one that is known. Refused: the
    /// name of a file as a further source, which would give ids that are known already a second meaning.
    pub(crate) fn new(named: Option<&str>, file: String, known: &[String]) -> Result<Origin> {
        if let Some(source) = named {
            return Ok(Origin { source: source.to_owned(), unproven: false });
        }
        let is_known = known.contains(&file);
        if is_known || known.is_empty() {
            return Ok(Origin { source: file, unproven: is_known });
        }
        Err(unclear(&file, known, format!("`{file}` does not say where its rows come from")))
    }

    /// Refused where none of the rows was there before.
    pub(crate) fn must_be_proven(&self, rows: u64, known: u64) -> Result<()> {
        if !self.unproven || rows == 0 || known > 0 {
            return Ok(());
        }
        let source = &self.source;
        let message = format!("`{source}` holds no row that came from a file of this name before");
        Err(unclear(source, std::slice::from_ref(source), message))
    }
}

fn unclear(file: &str, known: &[String], message: String) -> Error {
    const LISTED: usize = 5;
    let sources: Vec<String> =
        known.iter().take(LISTED).map(|source| format!("`--source {}`", shell_word(source))).collect();
    let more = if known.len() > LISTED { " …" } else { "" };
    let new = if known.iter().any(|source| source == file) {
        "another name with `--source`".to_owned()
    } else {
        format!("`--source {}`", shell_word(file))
    };
    Error::new(Kind::Usage, "usage.source", message)
        .hint(format!(
            "say {}{more} for what came from there before, or {new} for a new source",
            sources.join(", ")
        ))
        .detail("sources", known.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Rule 5.1.
    #[test]
    fn the_name_of_a_file_is_no_proof_of_its_source() {
        let known = ["county".to_owned()];
        let origin = |named, file: &str, known| Origin::new(named, file.to_owned(), known);
        assert_eq!(origin(None, "people", &[]).unwrap().source, "people");
        assert_eq!(origin(Some("ward"), "people", &known).unwrap().source, "ward");
        assert_eq!(origin(None, "people", &known).unwrap_err().code(), "usage.source");
        let same = origin(None, "county", &known).unwrap();
        assert!(same.must_be_proven(2, 1).is_ok() && same.must_be_proven(0, 0).is_ok());
        assert_eq!(same.must_be_proven(2, 0).unwrap_err().code(), "usage.source");
        assert!(origin(Some("county"), "people", &known).unwrap().must_be_proven(2, 0).is_ok());
    }

    #[test]
    fn a_reject_ends_an_import_in_two_ways() {
        let clean = Counts { read: 2, created: 2, ..Counts::default() };
        assert!(clean.all_or_nothing().is_ok() && clean.partial().is_ok());
        let mixed = Counts { read: 2, created: 1, rejected: 1, ..Counts::default() };
        assert_eq!(mixed.all_or_nothing().unwrap_err().kind(), Kind::Invalid);
        assert_eq!(mixed.partial().unwrap_err().kind(), Kind::Partial);
    }
}
