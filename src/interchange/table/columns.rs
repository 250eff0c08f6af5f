//! Finds the column of each field: by its name in the header, or by the mapping.

use std::collections::HashSet;

use super::{Column, DateOrder, Reading, Table};
use crate::error::{Error, Result};
use crate::model::directory::{REJECTED_AT, REJECTED_FROM, REJECTED_IN};
use crate::model::remarks::{Layout, Remarks};
use crate::model::tally::Tally;
use crate::model::text::counted;

/// The most columns in a hint; real files have a hundred.
const LISTED: usize = 40;

/// Columns that are in our own files for people: the code of a row in its hub, and why it was rejected.
const OURS: [&str; 5] = ["code", "error", REJECTED_FROM, REJECTED_IN, REJECTED_AT];

impl Table {
    /// The column of this name: an exact match, else one without regard to case and white space.
    /// Optional; two equally good ones are `import.duplicate_column`.
    pub(crate) fn column(&self, name: &str) -> Result<Column> {
        let wanted = fold(name);
        let has_exact = self.headers.iter().any(|header| header == name);
        let fits = |header: &str| if has_exact { header == name } else { fold(header) == wanted };
        let mut fitting = self.headers.iter().enumerate().filter(|(_, header)| fits(header));
        let found = fitting.next();
        if let (Some((_, one)), Some((_, other))) = (found, fitting.next()) {
            let (name, one, other) = (&self.name, one.trim(), other.trim());
            let message = if one == other {
                format!("`{name}` has two columns named `{one}`")
            } else {
                format!("`{name}` has the columns `{one}` and `{other}`, which differ too little")
            };
            return Err(
                Error::invalid("import.duplicate_column", message).hint("rename one of them in the file")
            );
        }
        let place = found.map(|(index, _)| index);
        self.asked.borrow_mut().extend(place);
        Ok(Column(place))
    }

    /// As [`Table::column`], but its absence is `import.missing_column`.
    pub(crate) fn required(&self, name: &str) -> Result<Column> {
        let column = self.column(name)?;
        if column.is_absent() { Err(self.missing(name)) } else { Ok(column) }
    }

    /// One column for each of `fields`, in their order. `mapping` (field, header) comes first, then a header
    /// that equals the field's name. The fields in `required` must be found: `import.missing_column` names
    /// `--map`. A field that does not exist is `import.unknown_field`, a header that does not is
    /// `import.unknown_column`.
    pub(crate) fn mapped<const N: usize>(
        &self, fields: [&'static str; N], required: &[&str], mapping: &[(String, String)],
    ) -> Result<[Column; N]> {
        check_fields(&fields, mapping)?;
        let mut columns = [Column::default(); N];
        for (slot, field) in columns.iter_mut().zip(fields) {
            let mapped = mapping.iter().find(|(name, _)| name == field);
            *slot = match mapped {
                Some((_, header)) => self.column(header)?,
                None => self.column(field)?,
            };
            // Rejected rows have their mapping behind them.
            if slot.is_absent() && !self.column("error")?.is_absent() {
                *slot = self.column(field)?;
            }
            self.fields.borrow_mut().extend(slot.0.map(|index| (index, field)));
            match mapped {
                Some((_, header)) if slot.is_absent() => return Err(self.unknown(header)),
                None if slot.is_absent() && required.contains(&field) && !self.headers.is_empty() => {
                    return Err(self.missing(field).hint(format!(
                        "{}say which column holds it: --map {field}=\"…\"; the columns are {}",
                        self.heading_elsewhere(field),
                        listed(self.named())
                    )));
                }
                _ => {}
            }
        }
        Ok(columns)
    }

    /// The mapping, and for fields (field, header) that neither it nor a column names the headers of our own lists.
    pub(crate) fn with_other_names(
        &self, mapping: &[(String, String)], others: &[(&str, &str)],
    ) -> Result<Vec<(String, String)>> {
        let mut all = mapping.to_vec();
        for (field, other) in others {
            let is_known = all.iter().any(|(mapped, _)| mapped == field) || !self.column(field)?.is_absent();
            if !is_known && !self.column(other)?.is_absent() {
                all.push(((*field).to_owned(), (*other).to_owned()));
            }
        }
        Ok(all)
    }

    /// The named columns that are none of these.
    pub(crate) fn others(&self, known: &[Column]) -> impl Iterator<Item = &str> {
        let is_known = |index| known.contains(&Column(Some(index)));
        let others = self.headers.iter().enumerate().filter(move |(index, _)| !is_known(*index));
        others.map(|(_, header)| header.trim()).filter(|header| !header.is_empty())
    }

    /// Counts the values of the columns that are none of these, for a note at the end; `--strict` refuses them
    /// (`import.unknown_column`, rule 5.2). `fields` are what there could be.
    pub(crate) fn only(&mut self, known: &[Column], fields: &[&str], how: &Reading) -> Result<()> {
        self.call_fields(&how.mapping);
        let is_known = |index: usize, name: &str| {
            known.contains(&Column(Some(index))) || OURS.contains(&name) || name.is_empty()
        };
        let others =
            self.headers.iter().enumerate().filter(|(index, header)| !is_known(*index, header.trim()));
        let taken: Vec<&str> = known
            .iter()
            .filter_map(|column| self.headers.get(column.0?))
            .map(|header| header.trim())
            .collect();
        let free: Vec<&str> = fields.iter().copied().filter(|field| !taken.contains(field)).collect();
        self.others = others
            .map(|(index, header)| Other {
                index,
                name: header.trim().to_owned(),
                near: nearest(header, free.iter().copied()).map(str::to_owned),
                values: 0,
            })
            .collect();
        if !how.strict || self.others.is_empty() {
            return Ok(());
        }
        let names = listed(self.others.iter().map(|other| other.name.as_str()));
        let near = self.others.iter().filter_map(|other| Some((other.near.as_ref()?, &other.name)));
        let guesses: Vec<String> = near.map(|(field, name)| format!("--map {field}=\"{name}\"")).collect();
        let guess =
            if guesses.is_empty() { String::new() } else { format!("perhaps {}; ", guesses.join(" ")) };
        let message = format!("`{}` has columns that are not known: {names}", self.name);
        Err(Error::invalid("import.unknown_column", message)
            .hint(format!("{guess}the fields are {}", listed(fields.iter().copied()))))
    }

    /// After the last row: how the columns were understood, and what was left aside.
    pub(crate) fn remarks(&self) -> Remarks {
        let layout = Layout {
            columns: self
                .fields
                .borrow()
                .iter()
                .map(|(index, field)| (self.headers[*index].trim().to_owned(), *field))
                .collect(),
            others: self.others.iter().map(|other| other.name.clone()).collect(),
            dates: self.dates.map(DateOrder::words),
            encoding: self.lenient,
        };
        let title = self.titles.iter().map(|title| format!("`{title}`")).collect::<Vec<_>>().join(", ");
        let title = (!title.is_empty())
            .then(|| format!("{}: what stands above the heading is left aside: {title}.", self.name));
        let notes = title.into_iter().chain(note(&self.name, &self.others)).collect();
        Remarks { notes, not_kept: self.not_kept(), layouts: vec![layout] }
    }

    /// The values of the columns that are left aside, by their names (rule 5.2).
    pub(crate) fn not_kept(&self) -> Tally {
        let filled = self.others.iter().filter(|other| other.values > 0);
        filled.map(|other| (other.name.clone(), other.values)).collect()
    }

    /// Counts the values of the columns that nothing has asked for; the others must have been asked for by now.
    pub(crate) fn count_others(&mut self) {
        let asked = self.asked.borrow();
        let others = self.headers.iter().enumerate();
        let others = others.filter(|(index, name)| !asked.contains(index) && !name.trim().is_empty());
        let others = others.filter(|(_, name)| !OURS.contains(&name.trim()));
        self.others = others
            .map(|(index, name)| Other { index, name: name.trim().to_owned(), near: None, values: 0 })
            .collect();
    }

    /// The columns that have a name.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().map(String::as_str).filter(|header| !header.trim().is_empty())
    }

    fn missing(&self, name: &str) -> Error {
        let elsewhere = self.heading_elsewhere(name);
        let hint = format!("{elsewhere}the columns are {}", listed(self.named()));
        Error::invalid("import.missing_column", format!("`{}` has no column `{name}`", self.name)).hint(hint)
    }

    /// The beginning of a hint where another of the first lines seems to be the heading, since it has this name.
    fn heading_elsewhere(&self, name: &str) -> String {
        let wanted = fold(name);
        let has = |line: &String| {
            let cells = line.split([',', ';', '\t', '|']).map(|cell| cell.trim_matches('"'));
            cells.clone().count() > 1 && cells.map(fold).any(|cell| cell == wanted)
        };
        let line = self.first_lines.iter().skip(1).position(has);
        line.map(|line| format!("line {} seems to be the heading: take out what stands above it; ", line + 2))
            .unwrap_or_default()
    }

    fn unknown(&self, header: &str) -> Error {
        let guess =
            nearest(header, self.named()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let hint = format!("{guess}the columns are {}", listed(self.named()));
        Error::invalid("import.unknown_column", format!("`{}` has no column `{header}`", self.name))
            .hint(hint)
    }
}

pub(crate) fn check_fields(fields: &[&str], mapping: &[(String, String)]) -> Result<()> {
    let mut seen = HashSet::new();
    for (field, _) in mapping {
        if !fields.contains(&field.as_str()) {
            let near = nearest(field, fields.iter().copied());
            let guess = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
            return Err(Error::invalid(
                "import.unknown_field",
                format!("there is no field `{field}` to map"),
            )
            .hint(format!("{guess}the fields are {}", listed(fields.iter().copied()))));
        }
        if !seen.insert(field) {
            return Err(Error::invalid(
                "import.unknown_field",
                format!("the field `{field}` is mapped twice"),
            ));
        }
    }
    Ok(())
}

fn nearest<'a>(wanted: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(wanted);
    let scored = among.map(|name| (strsim::jaro_winkler(&folded, &fold(name)), name));
    scored
        .filter(|(score, _)| *score > 0.75)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, name)| name)
}

/// A column that is left aside.
pub(super) struct Other {
    pub(super) index: usize,
    pub(super) name: String,
    /// The field that was perhaps meant.
    near: Option<String>,
    pub(super) values: u64,
}

impl Other {
    /// For a note: its name, how many values it holds, and what it is perhaps.
    fn words(&self) -> String {
        let values = counted(self.values, "value", "values");
        let near = self.near.as_ref().map(|near| format!(", perhaps `{near}`")).unwrap_or_default();
        format!("`{}` ({values}{near})", self.name)
    }
}

/// A sentence about the columns that are left aside: those with values first where there are many.
fn note(table: &str, others: &[Other]) -> Option<String> {
    let columns = if others.len() == 1 { "a column that is" } else { "columns that are" };
    let mut sorted: Vec<&Other> = others.iter().collect();
    if others.len() > LISTED {
        sorted.sort_by_key(|other| other.values == 0);
    }
    let shown: Vec<String> = sorted.iter().take(LISTED).map(|other| other.words()).collect();
    let more = match others.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shown = shown.join(", ");
    (!others.is_empty()).then(|| format!("{table}: {columns} not known, and left aside: {shown}{more}."))
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let more = quoted.len().saturating_sub(LISTED);
    let shown = quoted.into_iter().take(LISTED).collect::<Vec<_>>().join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

/// In a heading, capitals, line breaks, and whether words are parted by a blank or by another sign, mean nothing.
fn fold(name: &str) -> String {
    let words = name.split(|letter: char| letter.is_whitespace() || letter == '_' || letter == '-');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_").to_lowercase()
}
