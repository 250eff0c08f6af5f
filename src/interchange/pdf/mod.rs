//! Writes a document as a PDF: letterhead, title, a block of fields, sections of text, tables or lines to fill in, page
//! numbers; or a week on one page. Fonts are embedded, text can be searched and read aloud, and the same document gives the same
//! bytes.

mod draw;
mod flow;
mod fonts;
mod page;
mod setting;
mod week;

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use crate::error::Result;
use fonts::Fonts;
use setting::Setting;
pub(crate) use week::{DayPlan, PlannedVisit, WeekPlan, week};

/// The content to print, as texts only.
#[derive(Default)]
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
    /// Short texts, each behind a dot.
    Points(Vec<String>),
    /// Boxes to tick, each with its text.
    Choices(Vec<Choice>),
    /// Rows of lines to write on, which stay together on one page.
    Blanks(Vec<Vec<Blank>>),
    /// One below the other.
    Several(Vec<Body>),
    /// A note that there is nothing.
    Nothing(&'static str),
}

pub(crate) struct Choice {
    pub(crate) is_ticked: bool,
    pub(crate) text: String,
}

/// A line to write on, which may be filled in.
pub(crate) struct Blank {
    pub(crate) label: &'static str,
    /// Of the width.
    pub(crate) share: f32,
    pub(crate) value: Option<String>,
}

/// What the metadata say.
struct About<'a> {
    title: &'a str,
    author: &'a str,
    at: DateTime<Utc>,
}

/// The bytes of the document. Fails only by an internal error.
pub(crate) fn document(page_content: &PdfDocument) -> Result<Vec<u8>> {
    let failed = "the PDF cannot be built";
    let fonts = Fonts::for_texts(page_content.texts().into_iter()).context(failed)?;
    let (pages, roles) = flow::pages(page_content, Setting::new(fonts));
    let PdfDocument { running, author, at, .. } = page_content;
    Ok(draw::document(&About { title: running, author, at: *at }, &pages, &roles).context(failed)?)
}

impl PdfDocument {
    fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = vec![&self.letterhead, &self.mark, &self.kind, &self.title, &self.running];
        texts.extend(self.footer.iter().map(String::as_str));
        texts.extend(self.fields.iter().filter_map(|(_, value)| value.as_deref()));
        self.sections.iter().for_each(|section| section.body.add_texts(&mut texts));
        texts
    }
}

impl Body {
    fn add_texts<'a>(&'a self, texts: &mut Vec<&'a str>) {
        match self {
            Body::Text(text) => texts.push(text),
            Body::Table { rows, .. } => texts.extend(rows.iter().flatten().map(String::as_str)),
            Body::Points(points) => texts.extend(points.iter().map(String::as_str)),
            Body::Choices(choices) => {
                texts.extend(choices.iter().flat_map(|choice| [choice.sign(), &choice.text]));
            }
            Body::Blanks(rows) => {
                texts.extend(rows.iter().flatten().filter_map(|blank| blank.value.as_deref()));
            }
            Body::Several(bodies) => bodies.iter().for_each(|body| body.add_texts(texts)),
            Body::Nothing(_) => {}
        }
    }
}

impl Choice {
    fn sign(&self) -> &'static str {
        if self.is_ticked { "\u{2612}" } else { "\u{2610}" }
    }
}
