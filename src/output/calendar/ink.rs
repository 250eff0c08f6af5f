//! The meaning of the sixteen terminal colours. Colour only repeats what border, icon and word show.

use anstyle::{AnsiColor, Style};

use super::Mark;
use super::style;
use super::wrap::columns;

/// The role of a part of the drawing, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Strong,
    Faint,
    /// The border of a visit.
    Edge(Mark),
    /// The icon and the word of a mark.
    Word(Mark),
}

impl Ink {
    fn style(self) -> Style {
        match self {
            Ink::Plain => Style::new(),
            Ink::Strong => Style::new().bold(),
            Ink::Faint => Style::new().dimmed(),
            Ink::Edge(mark) => tint(mark),
            Ink::Word(Mark::Cancelled) => tint(Mark::Cancelled),
            Ink::Word(mark) => tint(mark).bold(),
        }
    }
}

/// The text in its colour, if colour is on.
pub(super) fn paint(text: &str, ink: Ink, colour: bool) -> String {
    style::paint(text, ink.style(), colour)
}

/// Pieces side by side while they fit into `width` columns, else on the next line.
pub(super) fn flow(pieces: &[(String, Ink)], width: usize, colour: bool) -> Vec<String> {
    const BETWEEN: usize = 3;
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for (piece, ink) in pieces {
        let painted = paint(piece, *ink, colour);
        match lines.last_mut() {
            Some(line) if used + BETWEEN + columns(piece) <= width => {
                line.push_str(&" ".repeat(BETWEEN));
                line.push_str(&painted);
                used += BETWEEN + columns(piece);
            }
            _ => {
                lines.push(painted);
                used = columns(piece);
            }
        }
    }
    lines
}

fn tint(mark: Mark) -> Style {
    match mark {
        Mark::Own => Style::new(),
        Mark::Pending => AnsiColor::Yellow.on_default(),
        Mark::Accepted => AnsiColor::Green.on_default(),
        Mark::Rejected => AnsiColor::Red.on_default(),
        Mark::Cancelled => Style::new().dimmed(),
    }
}
