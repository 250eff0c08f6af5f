//! What an import could not take.

use std::sync::Arc;

use crate::model::prelude::*;

/// A rejected row or object, with what is needed to write it out, correct it and read it again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub(crate) struct Reject {
    pub(crate) file: String,
    /// The line on which the row starts, the header being line 1; none in JSON.
    pub(crate) line: Option<u64>,
    /// A JSON pointer to the object (RFC 6901), or its number among the objects of a table; none in a text table.
    pub(crate) place: Option<String>,
    /// Lower case, without a full stop.
    pub(crate) reason: String,
    /// The header of the table, shared by all rejects of a file; the one column `json` for an object.
    #[serde(skip)]
    pub(crate) columns: Arc<[String]>,
    /// The cells exactly as read; more or fewer than `columns` where the row was ragged.
    #[serde(skip)]
    pub(crate) cells: Vec<String>,
}

/// Where rejected rows come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origins {
    pub(crate) source: String,
    /// The directory, where a row means something only among its other rows.
    pub(crate) directory: Option<String>,
}

/// The columns in front of those of a rejected row, by which it is imported again as what it was (rule 5.4): its source, its
/// directory, and where it stands there.
pub(crate) const REJECTED_FROM: &str = "rejected_from";
pub(crate) const REJECTED_IN: &str = "rejected_in";
pub(crate) const REJECTED_AT: &str = "rejected_at";

impl Reject {
    /// The id of a service whose row or object was rejected: it is still in the source.
    pub(crate) fn service_id(&self) -> Option<String> {
        if let ([only], [object]) = (&*self.columns, self.cells.as_slice())
            && only == "json"
        {
            let object: serde_json::Value = serde_json::from_str(object).ok()?;
            return object.get("id")?.as_str().map(str::to_owned);
        }
        let is_id = |column: &String| column.trim().eq_ignore_ascii_case("id");
        let at = self
            .columns
            .iter()
            .position(is_id)
            .filter(|_| self.file.to_lowercase().starts_with("service"))?;
        self.cells.get(at).map(|cell| cell.trim().to_owned())
    }

    /// With the columns that say where it comes from. A row that was rejected before may have them already.
    pub(crate) fn from(&self, origins: &Origins) -> Reject {
        if self.columns.is_empty() || self.columns.iter().any(|name| name == REJECTED_FROM) {
            return self.clone();
        }
        let mut front = vec![(REJECTED_FROM, origins.source.clone())];
        if let Some(directory) = &origins.directory {
            front.extend([(REJECTED_IN, directory.clone()), (REJECTED_AT, self.position())]);
        }
        let (names, values): (Vec<_>, Vec<_>) = front.into_iter().unzip();
        let columns = names.into_iter().map(str::to_owned).chain(self.columns.iter().cloned());
        let cells = values.into_iter().chain(self.cells.iter().cloned());
        Reject { columns: columns.collect(), cells: cells.collect(), ..self.clone() }
    }

    /// As [`Reject::origin`], but certain where several objects of a table stand on one line.
    pub(crate) fn position(&self) -> String {
        match (self.line, &self.place) {
            (Some(_), Some(place)) => format!("{} at {place}", self.file),
            _ => self.origin(),
        }
    }

    pub(crate) fn without_cells(self) -> Self {
        Reject { columns: Arc::default(), cells: Vec::new(), ..self }
    }

    /// How many bytes its cells have, for the progress.
    pub(crate) fn size(&self) -> u64 {
        self.cells.iter().map(|cell| cell.len() as u64 + 1).sum()
    }

    /// `services.csv line 12`, or `page.json at /contents/3`.
    pub(crate) fn origin(&self) -> String {
        match (self.line, self.place.as_deref()) {
            (Some(line), _) => format!("{} line {line}", self.file),
            (None, Some(place)) if !place.is_empty() => format!("{} at {place}", self.file),
            (None, _) => self.file.clone(),
        }
    }
}
