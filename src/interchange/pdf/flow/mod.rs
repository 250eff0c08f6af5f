//! Lays out a document on pages, from top to bottom.

mod form;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use parley::Alignment;

use super::page::{BOTTOM, FOOT, Ink, LEFT, MEASURE, Mark, PORTRAIT, Page, RIGHT, Region, Role, TOP};
use super::setting::{Paragraph, Setting, Style};
use super::{Body, PdfDocument, Section};

const START: Alignment = Alignment::Start;
const LETTERHEAD: Style = Style { size: 13.0, bold: true, leading: 1.3, side: START };
const MARK: Style = Style { size: 9.0, bold: false, leading: 1.3, side: Alignment::Right };
const KIND: Style = Style { size: 10.0, bold: false, leading: 1.3, side: START };
const TITLE: Style = Style { size: 22.0, bold: true, leading: 1.2, side: START };
const LABEL: Style = Style { size: 8.5, bold: false, leading: 1.3, side: START };
const VALUE: Style = Style { size: 10.5, bold: false, leading: 1.35, side: START };
const HEADING: Style = Style { size: 12.5, bold: true, leading: 1.3, side: START };
const TEXT: Style = Style { size: 10.5, bold: false, leading: 1.5, side: START };
const CELL: Style = Style { size: 9.5, bold: false, leading: 1.35, side: START };
const HEAD: Style = Style { size: 8.5, bold: true, leading: 1.3, side: START };
const FOOTER: Style = Style { size: 8.0, bold: false, leading: 1.35, side: START };
/// Between two columns.
const GUTTER: f32 = 24.0;

/// A column of a table and its share of the width.
type Head = (&'static str, f32);

/// The cells of a row, broken into lines.
struct Row(Vec<Rc<Paragraph>>);

impl Row {
    /// Including the padding of its cells.
    fn height(&self) -> f32 {
        self.0.iter().map(|cell| cell.layout.height()).fold(0.0, f32::max) + 11.0
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Head,
    /// On a later page, where it is not part of the structure any more.
    HeadAgain,
    Body,
}

/// The pages and the roles of their parts.
pub(super) fn pages(page_content: &PdfDocument, setting: Setting) -> (Vec<Page>, Vec<Role>) {
    let mut flow =
        Flow { page_content, setting, pages: vec![Page::new(PORTRAIT)], roles: Vec::new(), y: TOP, rows: 0 };
    flow.head();
    flow.fields();
    for section in &page_content.sections {
        flow.section(section);
    }
    flow.feet();
    (flow.pages, flow.roles)
}

struct Flow<'a> {
    page_content: &'a PdfDocument,
    setting: Setting,
    pages: Vec<Page>,
    roles: Vec<Role>,
    /// The next free position on the page.
    y: f32,
    /// The number of table rows so far, which numbers them.
    rows: usize,
}

impl Flow<'_> {
    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.marks.push(mark);
        }
    }

    fn rule(&mut self, x: f32, width: f32, thickness: f32, ink: Ink) {
        let y = self.y;
        self.mark(Mark::Rule { x, y, width, thickness, ink });
    }

    fn role(&mut self, role: Role) -> Region {
        self.roles.push(role);
        Region::Part(self.roles.len() - 1)
    }

    /// A paragraph that fits on this page, at a given position.
    fn put(&mut self, paragraph: &Rc<Paragraph>, x: f32, y: f32, ink: Ink, place: Region) {
        for line in 0..paragraph.layout.len() {
            self.mark(Mark::Line { paragraph: Rc::clone(paragraph), line, x, y, ink, place });
        }
    }

    /// A paragraph that may span pages.
    fn pour(&mut self, paragraph: &Rc<Paragraph>, ink: Ink, place: Region) {
        let mut above = 0.0;
        for (number, line) in paragraph.layout.lines().enumerate() {
            let height = line.metrics().line_height;
            self.room(height);
            let y = self.y - above;
            self.mark(Mark::Line { paragraph: Rc::clone(paragraph), line: number, x: LEFT, y, ink, place });
            self.y += height;
            above += height;
        }
    }

    /// Starts a new page if this one has not enough space, and returns whether it did.
    fn room(&mut self, height: f32) -> bool {
        if self.y + height <= BOTTOM {
            return false;
        }
        self.pages.push(Page::new(PORTRAIT));
        self.y = TOP;
        let running = self.setting.paragraph(&self.page_content.running, MARK, MEASURE);
        self.put(&running, LEFT, TOP, Ink::Quiet, Region::Header);
        self.y = TOP + running.layout.height() + 5.0;
        self.rule(LEFT, MEASURE, 0.5, Ink::Hairline);
        self.y += 18.0;
        true
    }

    fn head(&mut self) {
        let page_content = self.page_content;
        let letterhead = self.setting.paragraph(&page_content.letterhead, LETTERHEAD, MEASURE * 0.7);
        let mark = self.setting.paragraph(&page_content.mark, MARK, MEASURE * 0.25);
        self.put(&letterhead, LEFT, TOP, Ink::Accent, Region::Header);
        self.put(&mark, RIGHT - MEASURE * 0.25, TOP + 4.0, Ink::Quiet, Region::Header);
        self.y = TOP + letterhead.layout.height() + 6.0;
        self.rule(LEFT, MEASURE, 1.4, Ink::Accent);
        self.y += 30.0;
        let kind = self.setting.paragraph(&page_content.kind, KIND, MEASURE);
        let place = self.role(Role::Paragraph);
        self.pour(&kind, Ink::Accent, place);
        self.y += 2.0;
        let title = self.setting.paragraph(&page_content.title, TITLE, MEASURE);
        let place = self.role(Role::Title(page_content.title.clone()));
        self.pour(&title, Ink::Text, place);
        self.y += 18.0;
    }

    fn fields(&mut self) {
        let width = (MEASURE - GUTTER) / 2.0;
        for pair in self.page_content.fields.chunks(2) {
            let set: Vec<_> = pair
                .iter()
                .map(|(label, value)| {
                    let ink = if value.is_some() { Ink::Text } else { Ink::Quiet };
                    let value = self.setting.paragraph(value.as_deref().unwrap_or("—"), VALUE, width);
                    (self.setting.paragraph(label, LABEL, width), value, ink)
                })
                .collect();
            let height = set
                .iter()
                .map(|(label, value, _)| label.layout.height() + 1.0 + value.layout.height())
                .fold(0.0, f32::max);
            self.room(height + 17.0);
            for ((label, value, ink), column) in set.iter().zip([0.0, width + GUTTER]) {
                let (x, top) = (LEFT + column, self.y + 8.0);
                self.rule(x, width, 0.5, Ink::Hairline);
                let place = self.role(Role::Paragraph);
                self.put(label, x, top, Ink::Quiet, place);
                self.put(value, x, top + label.layout.height() + 1.0, *ink, place);
            }
            self.y += height + 17.0;
        }
        self.rule(LEFT, MEASURE, 0.5, Ink::Hairline);
    }

    /// A heading is never last on a page.
    fn section(&mut self, section: &Section) {
        const WITH_SOME_LINES: f32 = 70.0;
        self.y += 26.0;
        let heading = self.setting.paragraph(section.heading, HEADING, MEASURE);
        let begun = heading.layout.height() + 6.0 + self.beginning(&section.body);
        self.room(begun.max(WITH_SOME_LINES));
        let place = self.role(Role::Heading(section.heading.to_owned()));
        self.pour(&heading, Ink::Accent, place);
        self.y += 6.0;
        self.body(&section.body);
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Text(text) => self.text(text),
            Body::Table { heads, rows } => self.table(heads, rows),
            Body::Points(points) => self.points(points),
            Body::Choices(choices) => self.choices(choices),
            Body::Blanks(rows) => self.blanks(rows),
            Body::Several(bodies) => bodies.iter().for_each(|body| self.body(body)),
            Body::Nothing(word) => {
                let word = self.setting.paragraph(word, TEXT, MEASURE);
                let place = self.role(Role::Paragraph);
                self.pour(&word, Ink::Quiet, place);
            }
        }
    }

    /// Each paragraph has its own direction; an empty line is a space between two.
    fn text(&mut self, text: &str) {
        const EMPTY_LINE: f32 = TEXT.size * 0.8;
        for line in text.trim_end().split(['\n', '\u{2029}']) {
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.trim().is_empty() {
                self.y += EMPTY_LINE;
                continue;
            }
            let paragraph = self.setting.paragraph(line, TEXT, MEASURE);
            let place = self.role(Role::Paragraph);
            self.pour(&paragraph, Ink::Text, place);
            self.y += 3.0;
        }
    }

    /// The height of a table head with its first row, or of all lines to write on; text may break between any lines.
    fn beginning(&mut self, body: &Body) -> f32 {
        match body {
            Body::Table { heads, rows } => {
                let first = rows.first().map(|row| self.row(heads, row, CELL).height());
                self.names(heads).height() + first.unwrap_or(0.0)
            }
            Body::Blanks(rows) => self.height_of_blanks(rows),
            Body::Several(bodies) => bodies.first().map_or(0.0, |body| self.beginning(body)),
            Body::Text(_) | Body::Points(_) | Body::Choices(_) | Body::Nothing(_) => 0.0,
        }
    }

    /// The heads are repeated on every page, but screen readers read them once.
    fn table(&mut self, heads: &[Head], rows: &[Vec<String>]) {
        let names = self.names(heads);
        self.put_row(heads, &names, RowKind::Head);
        for row in rows {
            let row = self.row(heads, row, CELL);
            if self.room(row.height() + 1.0) {
                self.put_row(heads, &names, RowKind::HeadAgain);
            }
            self.put_row(heads, &row, RowKind::Body);
        }
        self.rule(LEFT, MEASURE, 0.5, Ink::Hairline);
    }

    fn names(&mut self, heads: &[Head]) -> Row {
        let names: Vec<String> = heads.iter().map(|(name, _)| (*name).to_owned()).collect();
        self.row(heads, &names, HEAD)
    }

    fn row(&mut self, heads: &[Head], cells: &[String], style: Style) -> Row {
        let width = |share: f32| MEASURE * share - 10.0;
        let set = |((_, share), text): (&Head, &String)| self.setting.paragraph(text, style, width(*share));
        Row(heads.iter().zip(cells).map(set).collect())
    }

    fn put_row(&mut self, heads: &[Head], row: &Row, kind: RowKind) {
        self.rule(LEFT, MEASURE, 0.5, Ink::Hairline);
        self.rows += 1;
        let is_head = kind == RowKind::Head;
        let ink = if kind == RowKind::Body { Ink::Text } else { Ink::Quiet };
        let mut x = LEFT;
        for ((_, share), cell) in heads.iter().zip(&row.0) {
            let place = match kind {
                RowKind::HeadAgain => Region::Header,
                RowKind::Head | RowKind::Body => self.role(Role::Cell { row: self.rows, is_head }),
            };
            self.put(cell, x, self.y + 5.0, ink, place);
            x += MEASURE * share;
        }
        self.y += row.height();
    }

    /// The number of pages is known only now.
    fn feet(&mut self) {
        const FOR_THE_NUMBER: f32 = 90.0;
        let count = self.pages.len();
        let width = MEASURE - FOR_THE_NUMBER - GUTTER;
        let footer =
            self.page_content.footer.each_ref().map(|text| self.setting.paragraph(text, FOOTER, width));
        let side = Style { side: Alignment::Right, ..FOOTER };
        for number in 1..=count {
            let counted = self.setting.paragraph(&format!("page {number} of {count}"), side, FOR_THE_NUMBER);
            let Some(page) = self.pages.get_mut(number - 1) else { continue };
            let (width, thickness, ink) = (MEASURE, 0.5, Ink::Hairline);
            page.marks.push(Mark::Rule { x: LEFT, y: FOOT - 7.0, width, thickness, ink });
            let below = footer.iter().scan(FOOT, |y, paragraph| {
                let top = *y;
                *y += paragraph.layout.height();
                Some((paragraph, LEFT, top))
            });
            for (paragraph, x, y) in below.chain([(&counted, RIGHT - FOR_THE_NUMBER, FOOT)]) {
                page.marks.extend((0..paragraph.layout.len()).map(|line| Mark::Line {
                    paragraph: Rc::clone(paragraph),
                    line,
                    x,
                    y,
                    ink: Ink::Quiet,
                    place: Region::Footer,
                }));
            }
        }
    }
}
