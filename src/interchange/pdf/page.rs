//! The page: its measures in points, its colours, and its marks.

use std::rc::Rc;

use super::setting::Paragraph;

/// The size of a page.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) width: f32,
    pub(super) height: f32,
}

/// A4.
pub(super) const PORTRAIT: Size = Size { width: WIDTH, height: HEIGHT };
pub(super) const LANDSCAPE: Size = Size { width: HEIGHT, height: WIDTH };
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
pub(super) const LEFT: f32 = 62.0;
pub(super) const RIGHT: f32 = WIDTH - LEFT;
/// Between the margins.
pub(super) const MEASURE: f32 = RIGHT - LEFT;
pub(super) const TOP: f32 = 52.0;
/// Content ends above it; the footer is below.
pub(super) const BOTTOM: f32 = HEIGHT - 82.0;
pub(super) const FOOT: f32 = HEIGHT - 58.0;

#[derive(Clone, Copy)]
pub(super) enum Ink {
    Text,
    Quiet,
    Accent,
    Hairline,
    /// Behind a heading.
    Tint,
}

impl Ink {
    /// Red, green, blue. Text and quiet text keep the contrast of WCAG AA on white.
    pub(super) fn colour(self) -> (u8, u8, u8) {
        match self {
            Ink::Text => (0x1d, 0x27, 0x33),
            Ink::Quiet => (0x5b, 0x67, 0x75),
            Ink::Accent => (0x0b, 0x5c, 0x6b),
            Ink::Hairline => (0xd3, 0xda, 0xe1),
            Ink::Tint => (0xea, 0xf2, 0xf4),
        }
    }
}

/// The role of a mark for screen readers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    Header,
    Footer,
    /// Part of the role with this number.
    Part(usize),
}

/// The role of a part of the document; consecutive cells form a table.
pub(super) enum Role {
    Title(String),
    Heading(String),
    Paragraph,
    Cell { row: usize, is_head: bool },
}

pub(super) enum Mark {
    /// One line of a paragraph; `y` is the top of the whole paragraph relative to this page.
    Line {
        paragraph: Rc<Paragraph>,
        line: usize,
        x: f32,
        y: f32,
        ink: Ink,
        place: Region,
    },
    Rule {
        x: f32,
        y: f32,
        width: f32,
        thickness: f32,
        ink: Ink,
    },
}

pub(super) struct Page {
    pub(super) size: Size,
    pub(super) marks: Vec<Mark>,
}

impl Page {
    pub(super) fn new(size: Size) -> Page {
        Page { size, marks: Vec::new() }
    }
}
