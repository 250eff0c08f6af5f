//! Reads records from a table or JSON lines, one per row, with our own column names (or keys) or mapped ones.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::csv_reader::{Column, CsvReader, Row, check_fields, clean_name, clean_text};
use super::json_file;
use crate::error::Result;
use crate::file::{self, Input};
use crate::model::directory::Reject;
use crate::model::sharing::DataType;
use crate::model::text::nearest;
use crate::model::time;

/// What a column can be mapped to.
pub(crate) const FIELDS: [&str; 10] =
    ["client", "provider", "type", "date", "title", "category", "contract", "units", "detail", "id"];
const REQUIRED: [&str; 6] = ["client", "type", "date", "title", "id", "provider"];

/// One record as read. References to other things are still text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) client: String,
    /// None if the file has no column for it.
    pub(crate) provider: Option<String>,
    pub(crate) data_type: DataType,
    pub(crate) date: NaiveDate,
    pub(crate) title: String,
    pub(crate) category: Option<String>,
    pub(crate) contract: Option<String>,
    pub(crate) units: Option<String>,
    pub(crate) detail: Option<String>,
    /// The id in the owner's system.
    pub(crate) id: String,
}

/// One row: a record, or the reason why it is invalid.
pub(crate) struct RecordRow {
    pub(crate) line: Result<Line, String>,
    /// The row itself, in case the record is rejected later.
    pub(crate) row: Reject,
}

/// A file that is being read.
pub(crate) enum RecordsFile {
    CsvReader(Box<CsvReader>, [Column; 10]),
    Lines(Box<Lines>),
}

/// One JSON object a line.
pub(crate) struct Lines {
    file: String,
    reader: BufReader<File>,
    number: u64,
    keys: [String; 10],
    columns: Arc<[String]>,
}

impl RecordsFile {
    /// `mapping` pairs a field of [`FIELDS`] with a header or key. Without `has_provider` each row names its
    /// owner. Errors are those of [`CsvReader`].
    pub(crate) fn open(input: &Input, mapping: &[(String, String)], has_provider: bool) -> Result<Self> {
        if input.first_character()? == Some('{') {
            check_fields(&FIELDS, mapping)?;
            let mapped = |field: &str| mapping.iter().find(|(name, _)| name == field);
            let keys = FIELDS.map(|field| mapped(field).map_or(field, |(_, key)| key).to_owned());
            let columns = Arc::from(["json".to_owned()]);
            let lines =
                Lines { file: input.short_name(), reader: json_file::open(input)?, number: 0, keys, columns };
            return Ok(RecordsFile::Lines(Box::new(lines)));
        }
        let required = if has_provider { &REQUIRED[..5] } else { &REQUIRED[..] };
        let sheet = CsvReader::open(input)?;
        let columns = sheet.mapped(FIELDS, required, mapping)?;
        Ok(RecordsFile::CsvReader(Box::new(sheet), columns))
    }

    /// Sentences for the person.
    pub(crate) fn notes(&self) -> &[String] {
        match self {
            RecordsFile::CsvReader(sheet, _) => sheet.notes(),
            RecordsFile::Lines(_) => &[],
        }
    }

    /// The next row: a record or a reject. Errors: the file cannot be read on.
    pub(crate) fn next(&mut self) -> Result<Option<RecordRow>> {
        match self {
            RecordsFile::Lines(lines) => lines.next(),
            RecordsFile::CsvReader(sheet, columns) => {
                let columns = *columns;
                Ok(sheet.next_row()?.map(|row| match row {
                    Ok(row) => RecordRow { line: from_row(&row, columns), row: row.reject("") },
                    Err(row) => RecordRow { line: Err(row.reason.clone()), row },
                }))
            }
        }
    }
}

impl Lines {
    fn next(&mut self) -> Result<Option<RecordRow>> {
        let mut text = String::new();
        loop {
            text.clear();
            self.number += 1;
            let read = self.reader.read_line(&mut text);
            if read.map_err(|error| file::unreadable(&self.file, error))? == 0 {
                return Ok(None);
            }
            if !text.trim().is_empty() {
                break;
            }
        }
        let text = text.trim();
        let line = serde_json::from_str::<Map<String, Value>>(text)
            .map_err(|error| format!("is not a JSON object: {error}"))
            .and_then(|object| self.line(&object));
        let row = Reject {
            file: self.file.clone(),
            line: Some(self.number),
            columns: Arc::clone(&self.columns),
            cells: vec![text.to_owned()],
            ..Reject::default()
        };
        Ok(Some(RecordRow { line, row }))
    }

    fn line(&self, object: &Map<String, Value>) -> Result<Line, String> {
        let mut texts: [Option<String>; 10] = Default::default();
        for ((text, key), field) in texts.iter_mut().zip(&self.keys).zip(FIELDS) {
            let content = match object.get(key) {
                None | Some(Value::Null) => continue,
                Some(Value::String(content)) => content.clone(),
                Some(Value::Number(content)) => content.to_string(),
                Some(_) => return Err(format!("`{key}` is neither text nor a number")),
            };
            let clean = if field == "detail" { clean_text(&content)? } else { Some(clean_name(&content)?) };
            *text = clean.filter(|text| !text.is_empty());
        }
        line(texts)
    }
}

fn from_row(row: &Row<'_>, columns: [Column; 10]) -> Result<Line, String> {
    let mut texts: [Option<String>; 10] = Default::default();
    for ((text, column), field) in texts.iter_mut().zip(columns).zip(FIELDS) {
        *text = if field == "detail" { row.text(column)? } else { row.name(column)? };
    }
    line(texts)
}

fn line(texts: [Option<String>; 10]) -> Result<Line, String> {
    let [client, provider, data_type, date, title, category, contract, units, detail, id] = texts;
    let data_type = data_type.ok_or("has no type")?;
    let date = date.ok_or("has no date")?;
    Ok(Line {
        client: client.ok_or("has no client")?,
        provider,
        data_type: DataType::from_name(&data_type.to_lowercase()).ok_or_else(|| not_a_type(&data_type))?,
        date: day(&date)?,
        title: title.ok_or("has no title")?,
        category,
        contract,
        units,
        detail,
        id: id.ok_or("has no id")?,
    })
}

fn not_a_type(text: &str) -> String {
    let names = DataType::ALL.iter().map(|one| one.name());
    match nearest(text, names.clone()).first() {
        Some(near) => format!("type `{text}` is not known: did you mean {near}?"),
        None => format!("type `{text}` is not one of {}", names.collect::<Vec<_>>().join(", ")),
    }
}

fn day(text: &str) -> Result<NaiveDate, String> {
    time::day_of_table("date", text, "2026-12-31")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, mapping: &[(&str, &str)]) -> Vec<Result<Line, String>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let mapping: Vec<_> =
            mapping.iter().map(|(field, header)| ((*field).to_owned(), (*header).to_owned())).collect();
        let mut table = RecordsFile::open(&file.path().into(), &mapping, false).unwrap();
        let mut found = Vec::new();
        while let Some(next) = table.next().unwrap() {
            found.push(next.line);
        }
        found
    }

    #[test]
    fn a_table_and_json_lines_say_the_same() {
        let table = "client,provider,KIND,date,title,units,id\nCLI-1,oak,case-notes,2026-11-01,Call,2,7\n";
        let lines = "{\"client\":\"CLI-1\",\"provider\":\"oak\",\"KIND\":\"case-notes\",\"date\":\"2026-11-01\",\"title\":\"Call\",\"units\":2,\"id\":7}\n";
        let mapping = [("type", "KIND")];
        assert_eq!(read(table, &mapping), read(lines, &mapping));
        assert_eq!(read(table, &mapping)[0].as_ref().unwrap().units.as_deref(), Some("2"));
    }

    #[test]
    fn rows_that_cannot_be_taken_say_why() {
        let text = "client,provider,type,date,title,id\nA,oak,servises,2026-11-01,T,1\nA,oak,forms,1.11.2026,T,2\nA,oak,forms,2026-11-01,,3\nA,oak,forms,9999-12-31,T,4\n";
        let reasons: Vec<_> = read(text, &[]).into_iter().filter_map(Result::err).collect();
        assert_eq!(
            reasons,
            [
                "type `servises` is not known: did you mean services?",
                "date `1.11.2026` is not a date such as 2026-12-31",
                "has no title",
                "date `9999-12-31` lies outside 1850-01-01 to 2200-12-31"
            ]
        );
    }
}
