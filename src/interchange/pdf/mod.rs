//! Writes a document as a PDF: letterhead, title, a block of fields, sections of text or tables, page
//! numbers. Fonts are embedded, text can be searched and read aloud, and the same document gives the same
//! bytes.

mod draw;
mod flow;
mod fonts;
mod page;
mod setting;

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use crate::error::Result;
use fonts::Fonts;
use setting::Setting;

/// The content to print, as texts only.
pub(crate) struct PdfDocument {
    /// The sender in the letterhead.
    pub(crate) letterhead: String,
    /// Opposite the sender in the letterhead.
    pub(crate) mark: String,
    /// Above the title, small.
    pub(crate) kind: String,
    pub(crate) title: String,
    /// At the head of every page but the first.
    pub(crate) running: String,
    /// Labels with their values, two to a row.
    pub(crate) fields: Vec<(&'static str, Option<String>)>,
    pub(crate) sections: Vec<Section>,
    /// At the foot of every page, two lines.
    pub(crate) footer: [String; 2],
    /// The author in the metadata.
    pub(crate) author: String,
    pub(crate) at: DateTime<Utc>,
}

pub(crate) struct Section {
    pub(crate) heading: &'static str,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    /// Paragraphs, ended by line breaks.
    Text(String),
    /// Column heads with their shares of the width, and rows of as many cells.
    Table { heads: Vec<(&'static str, f32)>, rows: Vec<Vec<String>> },
    /// A note that there is nothing.
    Nothing(&'static str),
}

/// The bytes of the document. Fails only by an internal error.
pub(crate) fn document(page_content: &PdfDocument) -> Result<Vec<u8>> {
    let failed = "the PDF cannot be built";
    let fonts = Fonts::for_texts(page_content.texts().into_iter()).context(failed)?;
    let (pages, roles) = flow::pages(page_content, Setting::new(fonts));
    Ok(draw::document(page_content, &pages, &roles).context(failed)?)
}

impl PdfDocument {
    fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = vec![&self.letterhead, &self.mark, &self.kind, &self.title, &self.running];
        texts.extend(self.footer.iter().map(String::as_str));
        texts.extend(self.fields.iter().filter_map(|(_, value)| value.as_deref()));
        for section in &self.sections {
            match &section.body {
                Body::Text(text) => texts.push(text),
                Body::Table { rows, .. } => texts.extend(rows.iter().flatten().map(String::as_str)),
                Body::Nothing(_) => {}
            }
        }
        texts
    }
}
