//! Reads records from a table, one per row, with our own column names or mapped ones.

use chrono::NaiveDate;

use super::table::{Column, Mapping, Reading, Row, Rows, edit, flag};
use crate::error::Result;
use crate::file::Input;
use crate::model::edit::Edit;
use crate::model::sharing::{self, DataType};

/// What `record list` writes can be read again; the day shows that a table is such a list (rule 5.4).
const MAPPING: Mapping<11> = Mapping {
    fields: [
        "client", "provider", "type", "date", "title", "category", "contract", "units", "detail",
        "never_shared", "id",
    ],
    required: &["client", "type", "date", "title", "id", "provider"],
    listed: &[("date", "happened_on"), ("provider", "owner"), ("id", "code")],
    also_listed: &["client_name", "owner_name", "contract_name", "notice", "basis", "recorded_at"],
    mark: Some("happened_on"),
};

/// One record as read. References to other things are still text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) client: String,
    /// None if the file has no column for it.
    pub(crate) provider: Option<String>,
    pub(crate) data_type: DataType,
    pub(crate) date: NaiveDate,
    pub(crate) title: String,
    /// None as well where the contract is to decide.
    pub(crate) category: Option<String>,
    /// None, as in the following two, where the file says nothing of it.
    pub(crate) contract: Option<Edit<String>>,
    pub(crate) units: Option<Edit<String>>,
    pub(crate) detail: Option<Edit<String>>,
    /// None where the file says nothing of it.
    pub(crate) never_shared: Option<bool>,
    /// The id in the owner's system, or our own code.
    pub(crate) id: String,
}

/// Without `has_provider` each row names its owner. Errors are those of [`Rows::open`].
pub(crate) fn open(input: &Input, how: &Reading, has_provider: bool) -> Result<Rows<Line>> {
    let required = if has_provider { &MAPPING.required[..5] } else { MAPPING.required };
    Rows::open(input, how, &Mapping { required, ..MAPPING }, line)
}

fn line(row: &Row<'_>, columns: [Column; 11]) -> Result<Line, String> {
    let [client, provider, data_type, date, title, category, contract, units, detail, never_shared, id] =
        columns;
    let data_type = row.name(data_type)?.ok_or("has no type")?;
    Ok(Line {
        client: row.name(client)?.ok_or("has no client")?,
        provider: row.name(provider)?,
        data_type: sharing::data_type(&data_type)?,
        date: row.day(date, "date", "2026-12-31")?.ok_or("has no date")?,
        title: row.called(title)?.ok_or("has no title")?,
        category: row.name(category)?,
        contract: edit(row, contract, row.name(contract)?),
        units: edit(row, units, row.name(units)?),
        detail: edit(row, detail, row.text(detail)?),
        never_shared: flag(row, never_shared, "never_shared")?,
        id: row.name(id)?.ok_or("has no id")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, mapping: &[(&str, &str)]) -> Vec<Result<Line, String>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let mapping: Vec<_> =
            mapping.iter().map(|(field, header)| ((*field).to_owned(), (*header).to_owned())).collect();
        let how = Reading { mapping, ..Reading::default() };
        let mut table = open(&file.path().into(), &how, false).unwrap();
        let mut found = Vec::new();
        while let Some(next) = table.next().unwrap() {
            found.push(next.0);
        }
        found
    }

    #[test]
    fn a_table_and_json_lines_say_the_same() {
        let table = "client,provider,KIND,date,title,units,id\nCLI-1,oak,case-notes,2026-11-01,Call,2,7\n";
        let lines = "{\"client\":\"CLI-1\",\"provider\":\"oak\",\"KIND\":\"case-notes\",\"date\":\"2026-11-01\",\"title\":\"Call\",\"units\":2,\"id\":7}\n";
        let mapping = [("type", "KIND")];
        assert_eq!(read(table, &mapping), read(lines, &mapping));
        assert_eq!(read(table, &mapping)[0].as_ref().unwrap().units, Some(Edit::Set("2".to_owned())));
    }

    #[test]
    fn rows_that_cannot_be_taken_say_why() {
        let text = "client,provider,type,date,title,id\nA,oak,servises,2026-11-01,T,1\nA,oak,forms,1.11.2026,T,2\nA,oak,forms,2026-11-01,,3\nA,oak,forms,9999-12-31,T,4\n";
        let reasons: Vec<_> = read(text, &[]).into_iter().filter_map(Result::err).collect();
        assert_eq!(
            reasons,
            [
                "type `servises` is not known: did you mean services?",
                "date `1.11.2026` is not a date such as 2026-12-31; `--date-format` says what its numbers are",
                "has no title",
                "date `9999-12-31` lies outside 1850-01-01 to 2200-12-31"
            ]
        );
    }
}
