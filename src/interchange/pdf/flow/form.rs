//! What people fill in: boxes to tick and lines to write on.

use std::rc::Rc;

use super::{Flow, GUTTER, LABEL, TEXT, VALUE};
use crate::interchange::pdf::page::{Ink, LEFT, MEASURE, Role};
use crate::interchange::pdf::setting::{Paragraph, Style};
use crate::interchange::pdf::{Blank, Choice};

/// A sign is larger than its text, so that it can be ticked with a pen.
const SIGN: Style = Style { size: 13.0, leading: 1.2, ..TEXT };
const INDENT: f32 = 22.0;
const DOT: f32 = 12.0;
/// Room for handwriting above a line.
const HAND: f32 = 26.0;
const BELOW: f32 = 9.0;

/// The label and what is filled in, with the height above the line.
struct Row {
    blanks: Vec<(Rc<Paragraph>, Option<Rc<Paragraph>>, f32)>,
    above: f32,
    label: f32,
}

impl Row {
    fn height(&self) -> f32 {
        self.above + 2.0 + self.label + BELOW
    }
}

impl Flow<'_> {
    pub(super) fn points(&mut self, points: &[String]) {
        for point in points {
            self.behind(("•", TEXT), point, DOT);
        }
    }

    pub(super) fn choices(&mut self, choices: &[Choice]) {
        for choice in choices {
            self.behind((choice.sign(), SIGN), &choice.text, INDENT);
        }
    }

    /// A text with a sign before it, on one page.
    fn behind(&mut self, (sign, style): (&str, Style), text: &str, indent: f32) {
        let sign = self.setting.paragraph(sign, style, indent);
        let text = self.setting.paragraph(text, TEXT, MEASURE - indent);
        let height = sign.layout.height().max(text.layout.height());
        self.room(height);
        let place = self.role(Role::Paragraph);
        self.put(&sign, LEFT, self.y, Ink::Accent, place);
        self.put(&text, LEFT + indent, self.y, Ink::Text, place);
        self.y += height + 3.0;
    }

    pub(super) fn blanks(&mut self, rows: &[Vec<Blank>]) {
        for row in rows {
            let row = self.blank_row(row);
            self.room(row.height());
            let mut x = LEFT;
            for (label, value, width) in &row.blanks {
                let place = self.role(Role::Paragraph);
                self.put(label, x, self.y + row.above + 2.0, Ink::Quiet, place);
                if let Some(value) = value {
                    self.put(value, x, self.y + row.above - value.layout.height() - 1.0, Ink::Text, place);
                }
                let top = self.y;
                self.y += row.above;
                self.rule(x, *width, 0.7, Ink::Text);
                self.y = top;
                x += width + GUTTER;
            }
            self.y += row.height();
        }
    }

    pub(super) fn height_of_blanks(&mut self, rows: &[Vec<Blank>]) -> f32 {
        rows.iter().map(|row| self.blank_row(row).height()).sum()
    }

    fn blank_row(&mut self, row: &[Blank]) -> Row {
        let gutters = GUTTER * f32::from(u8::try_from(row.len().saturating_sub(1)).unwrap_or(u8::MAX));
        let set = |blank: &Blank| {
            let width = (MEASURE - gutters) * blank.share;
            let label = self.setting.paragraph(blank.label, LABEL, width);
            let value = blank.value.as_deref().map(|value| self.setting.paragraph(value, VALUE, width));
            (label, value, width)
        };
        let blanks: Vec<_> = row.iter().map(set).collect();
        let highest = |heights: &mut dyn Iterator<Item = f32>| heights.fold(0.0, f32::max);
        let values = blanks.iter().filter_map(|(_, value, _)| value.as_ref());
        let above = highest(&mut values.map(|value| value.layout.height() + 8.0)).max(HAND);
        let label = highest(&mut blanks.iter().map(|(label, ..)| label.layout.height()));
        Row { blanks, above, label }
    }
}
