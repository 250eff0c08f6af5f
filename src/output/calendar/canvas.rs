//! A canvas of terminal cells for boxes and texts. Boxes may share a wall: where lines meet, the heavier one
//! wins and a joint is drawn.

use super::ink::{Ink, paint};
use super::wrap::columns;

/// The weight of a line; the greater wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    #[default]
    None,
    Light,
    Heavy,
}

/// The style of a border.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    pub(super) weight: Weight,
    pub(super) dashed: bool,
    pub(super) ink: Ink,
}

/// The position of a box: left column, top line, and its size with the border.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

pub(super) struct Canvas {
    rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, Default)]
enum Cell {
    #[default]
    Blank,
    Line(Joint),
    Words(String, Ink),
    /// Covered by a text that begins further left.
    Covered,
}

/// The four half lines from the middle of a cell.
#[derive(Clone, Copy, Debug)]
struct Joint {
    arms: Arms,
    dashed: bool,
    ink: Ink,
}

#[derive(Clone, Copy, Debug, Default)]
struct Arms {
    up: Weight,
    right: Weight,
    down: Weight,
    left: Weight,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Canvas { rows: vec![vec![Cell::default(); width]; height] }
    }

    /// Writes a text from a cell to the right. It must fit: the caller cuts it.
    pub(super) fn write(&mut self, x: usize, y: usize, words: &str, ink: Ink) {
        let taken = columns(words);
        let Some(row) = self.rows.get_mut(y) else { return };
        for (offset, cell) in row.iter_mut().skip(x).take(taken).enumerate() {
            *cell = if offset == 0 { Cell::Words(words.to_owned(), ink) } else { Cell::Covered };
        }
    }

    /// Draws the border of a box.
    pub(super) fn frame(&mut self, area: Area, pen: Pen) {
        let Area { x, y, width, height } = area;
        let (right, bottom) = (x + width.saturating_sub(1), y + height.saturating_sub(1));
        for column in x..right {
            for line in [y, bottom] {
                self.stroke(column, line, pen, |arms| &mut arms.right);
                self.stroke(column + 1, line, pen, |arms| &mut arms.left);
            }
        }
        for line in y..bottom {
            for column in [x, right] {
                self.stroke(column, line, pen, |arms| &mut arms.down);
                self.stroke(column, line + 1, pen, |arms| &mut arms.up);
            }
        }
    }

    /// The drawing, one string per line, without trailing blanks.
    pub(super) fn lines(&self, colour: bool) -> Vec<String> {
        self.rows.iter().map(|row| line(row, colour)).collect()
    }

    fn stroke(&mut self, x: usize, y: usize, pen: Pen, arm: fn(&mut Arms) -> &mut Weight) {
        let Some(cell) = self.rows.get_mut(y).and_then(|row| row.get_mut(x)) else { return };
        let mut joint = match cell {
            Cell::Line(joint) => *joint,
            _ => Joint { arms: Arms::default(), dashed: pen.dashed, ink: pen.ink },
        };
        if pen.weight > joint.arms.heaviest() {
            joint.ink = pen.ink;
        }
        joint.dashed &= pen.dashed;
        let arm = arm(&mut joint.arms);
        *arm = pen.weight.max(*arm);
        *cell = Cell::Line(joint);
    }
}

impl Arms {
    fn heaviest(self) -> Weight {
        self.up.max(self.right).max(self.down).max(self.left)
    }
}

impl Joint {
    /// All joints of light and heavy lines, in base 3: up, right, down, left, each none, light or heavy.
    const JOINTS: &'static str =
        concat!(" ╴╸╷┐┑╻┒┓╶─╾┌┬┭┎┰┱╺╼━┍┮┯┏┲┳", "╵┘┙│┤┥╽┧┪└┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈", "╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋",);

    fn glyph(self) -> char {
        let Arms { up, right, down, left } = self.arms;
        let index = [up, right, down, left].into_iter().fold(0, |sum, weight| sum * 3 + weight as usize);
        match Self::JOINTS.chars().nth(index).unwrap_or(' ') {
            '─' if self.dashed => '╌',
            '│' if self.dashed => '╎',
            other => other,
        }
    }
}

/// Adjacent cells of the same ink share one pair of escapes.
fn line(row: &[Cell], colour: bool) -> String {
    let mut runs: Vec<(Ink, String)> = Vec::new();
    for cell in row {
        let (ink, text) = match cell {
            Cell::Blank => (Ink::Plain, " ".to_owned()),
            Cell::Line(joint) => (joint.ink, joint.glyph().to_string()),
            Cell::Words(words, ink) => (*ink, words.clone()),
            Cell::Covered => continue,
        };
        match runs.last_mut() {
            Some((last, run)) if *last == ink => run.push_str(&text),
            _ => runs.push((ink, text)),
        }
    }
    let line: String = runs.iter().map(|(ink, run)| paint(run, *ink, colour)).collect();
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_walls_become_joints_and_the_heavier_wins() {
        let mut canvas = Canvas::new(9, 5);
        let pen = |weight, dashed| Pen { weight, dashed, ink: Ink::Plain };
        canvas.frame(Area { x: 0, y: 0, width: 5, height: 3 }, pen(Weight::Light, false));
        canvas.frame(Area { x: 4, y: 0, width: 5, height: 4 }, pen(Weight::Heavy, false));
        canvas.frame(Area { x: 0, y: 2, width: 5, height: 3 }, pen(Weight::Light, true));
        canvas.write(1, 1, "日a", Ink::Plain);
        assert_eq!(canvas.lines(false), ["┌───┲━━━┓", "│日a┃   ┃", "├───┨   ┃", "╎   ┡━━━┛", "└╌╌╌┘"]);
    }
}
