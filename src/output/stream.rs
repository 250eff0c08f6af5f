//! Rows that are read as they come.

use super::{Format, List, Output, sink};
use crate::error::{Error, Kind, Result};
use crate::model::view::View;

impl Output {
    /// Usage error unless each row can be read once it is written.
    pub(crate) fn must_stream(&self) -> Result<()> {
        let why = match self.format {
            _ if sink::is_redirected() => "the file of `--out` appears only when it is whole",
            _ if self.quiet => return Ok(()),
            Format::Json => "JSON is read as a whole",
            Format::Xlsx => "a workbook is read as a whole",
            Format::Table | Format::Jsonl | Format::Csv | Format::Tsv => return Ok(()),
        };
        let hint = "`-o jsonl` prints an object a line, which can be read as they come";
        Err(Error::new(Kind::Usage, "usage.stream", why).hint(hint))
    }
}

impl<T: View> List<'_, T> {
    /// A row that is read at once. Returns false if the reader has closed the pipe.
    pub(crate) fn row_now(&mut self, thing: &T) -> Result<bool> {
        Ok(self.row(thing)? && {
            self.show_so_far()?;
            !self.is_closed()
        })
    }
}
