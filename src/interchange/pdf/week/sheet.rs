//! The page of a week: its head, seven columns, its foot.

use std::rc::Rc;

use parley::Alignment;

use super::detail::{DETAILS, Detail, cut};
use super::{DayPlan, PlannedVisit, WeekPlan};
use crate::interchange::pdf::page::{Ink, LANDSCAPE, Mark, Page, Region, Role};
use crate::interchange::pdf::setting::{Paragraph, Setting, Style};

const SIDE: f32 = 34.0;
const TOP: f32 = 30.0;
pub(super) const BOTTOM: f32 = LANDSCAPE.height - 64.0;
const WIDTH: f32 = LANDSCAPE.width - 2.0 * SIDE;
const COLUMN: f32 = WIDTH / 7.0;
/// Between the border of a column and its text.
const PADDING: f32 = 5.0;
const TEXT: f32 = COLUMN - 2.0 * PADDING - 3.0;

const START: Alignment = Alignment::Start;
const LETTERHEAD: Style = Style { size: 11.0, bold: true, leading: 1.3, side: START };
const RIGHT: Style = Style { size: 9.0, bold: false, leading: 1.3, side: Alignment::Right };
const TITLE: Style = Style { size: 16.0, bold: true, leading: 1.2, side: START };
const WEEK: Style = Style { size: 10.0, bold: false, leading: 1.3, side: START };
const DAY: Style = Style { size: 9.0, bold: true, leading: 1.3, side: START };
const LEFT_OUT: Style = Style { size: 8.0, bold: true, leading: 1.3, side: START };
const FOOTER: Style = Style { size: 7.5, bold: false, leading: 1.35, side: START };

/// The lines of one visit, each with its colour.
type Lines = Vec<(Rc<Paragraph>, Ink)>;

/// One day: its visits, and how many did not fit.
pub(super) struct Column {
    pub(super) visits: Vec<(Lines, Ink)>,
    pub(super) missing: usize,
    gap: f32,
}

pub(super) struct Sheet<'a> {
    plan: &'a WeekPlan,
    setting: Setting,
    pub(super) page: Page,
    pub(super) roles: Vec<Role>,
    pub(super) y: f32,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(plan: &'a WeekPlan, setting: Setting) -> Self {
        Sheet { plan, setting, page: Page::new(LANDSCAPE), roles: Vec::new(), y: TOP }
    }

    fn put(&mut self, paragraph: &Rc<Paragraph>, (x, y): (f32, f32), ink: Ink, place: Region) {
        let line = |line| Mark::Line { paragraph: Rc::clone(paragraph), line, x, y, ink, place };
        self.page.marks.extend((0..paragraph.layout.len()).map(line));
    }

    fn rule(&mut self, (x, y): (f32, f32), width: f32, thickness: f32, ink: Ink) {
        self.page.marks.push(Mark::Rule { x, y, width, thickness, ink });
    }

    fn role(&mut self, role: Role) -> Region {
        self.roles.push(role);
        Region::Part(self.roles.len() - 1)
    }

    pub(super) fn head(&mut self) {
        let plan = self.plan;
        let letterhead = self.setting.paragraph(&plan.letterhead, LETTERHEAD, WIDTH * 0.6);
        let total = self.setting.paragraph(&plan.total, RIGHT, WIDTH * 0.38);
        self.put(&letterhead, (SIDE, self.y), Ink::Accent, Region::Header);
        self.y += letterhead.layout.height() + 4.0;
        self.rule((SIDE, self.y), WIDTH, 1.2, Ink::Accent);
        self.y += 9.0;
        let title = self.setting.paragraph(&plan.title, TITLE, WIDTH * 0.6);
        let place = self.role(Role::Title(plan.title.clone()));
        self.put(&title, (SIDE, self.y), Ink::Text, place);
        let place = self.role(Role::Paragraph);
        self.put(&total, (SIDE + WIDTH * 0.62, self.y + 6.0), Ink::Quiet, place);
        self.y += title.layout.height().max(total.layout.height() + 6.0);
        let week = self.setting.paragraph(&plan.week, WEEK, WIDTH);
        let place = self.role(Role::Paragraph);
        self.put(&week, (SIDE, self.y), Ink::Accent, place);
        self.y += week.layout.height() + 8.0;
        let footer = plan.footer.each_ref().map(|text| self.setting.paragraph(text, FOOTER, WIDTH));
        let mut y = BOTTOM + 27.0;
        self.rule((SIDE, y - 5.0), WIDTH, 0.5, Ink::Hairline);
        for line in footer {
            self.put(&line, (SIDE, y), Ink::Quiet, Region::Footer);
            y += line.layout.height();
        }
    }

    /// All days in the most detail that fits, and how many visits have no room even in the least.
    pub(super) fn fitted(&mut self) -> (Detail, Vec<Column>, usize) {
        let [most, rest @ ..] = DETAILS;
        let (mut columns, mut missing) = self.columns(most, BOTTOM - self.y);
        let mut fitted = most;
        for detail in rest {
            if missing > 0 {
                (columns, missing) = self.columns(detail, BOTTOM - self.y);
                fitted = detail;
            }
        }
        (fitted, columns, missing)
    }

    /// All days in this detail, and how many visits have no room.
    fn columns(&mut self, detail: Detail, height: f32) -> (Vec<Column>, usize) {
        let plan = self.plan;
        // The heading of each day, and where something is missing the line that says so.
        let room = height - DAY.size * 1.3 - 14.0;
        let columns: Vec<Column> = plan.days.iter().map(|day| self.column(day, detail, room)).collect();
        let missing = columns.iter().map(|column| column.missing).sum();
        (columns, missing)
    }

    fn column(&mut self, day: &DayPlan, detail: Detail, room: f32) -> Column {
        let gap = detail.size * if detail.size > 7.5 { 0.6 } else { 0.35 };
        let sets: Vec<_> = day.visits.iter().map(|visit| self.visit(visit, detail)).collect();
        let heights: Vec<f32> = sets.iter().map(|(lines, _)| height_of(lines.iter()) + 2.0 * gap).collect();
        let all: f32 = heights.iter().sum();
        let note = detail.size * 1.3 + gap;
        let room = if all <= room { room } else { room - note };
        let fit = heights
            .iter()
            .scan(0.0, |used, height| {
                *used += height;
                Some(*used)
            })
            .take_while(|used| *used <= room)
            .count();
        let missing = sets.len() - fit;
        Column { visits: sets.into_iter().take(fit).collect(), missing, gap }
    }

    fn visit(&mut self, visit: &PlannedVisit, detail: Detail) -> (Lines, Ink) {
        let plain = Style { size: detail.size, bold: false, leading: 1.25, side: START };
        let bold = Style { bold: true, ..plain };
        let (ink, bar) =
            if visit.is_cancelled { (Ink::Quiet, Ink::Hairline) } else { (Ink::Text, Ink::Accent) };
        let cancelled = if visit.is_cancelled { " cancelled" } else { "" };
        let (time, name) = if detail.is_dense {
            (format!("{}{cancelled} {}", visit.time, visit.name), None)
        } else {
            (format!("{}{cancelled}", visit.time), Some(&visit.name))
        };
        let mut lines = vec![(self.setting.paragraph(&time, bold, TEXT), ink)];
        lines.extend(name.map(|name| (self.setting.paragraph(name, plain, TEXT), ink)));
        for place in visit.place.iter().filter(|_| detail.has_place) {
            lines.push((self.setting.paragraph(place, plain, TEXT), ink));
        }
        for note in visit.note.iter().filter(|_| detail.note > 0) {
            for line in cut(note, detail.note).lines().filter(|line| !line.trim().is_empty()) {
                lines.push((self.setting.paragraph(line, plain, TEXT), Ink::Quiet));
            }
        }
        (lines, bar)
    }

    pub(super) fn days(&mut self, columns: &[Column], left_out: Option<String>) {
        let plan = self.plan;
        let top = self.y;
        for (number, (day, column)) in (0_u8..).zip(plan.days.iter().zip(columns)) {
            self.y = top;
            let x = SIDE + COLUMN * f32::from(number);
            self.day(day, column, x);
            if number > 0 {
                self.page.marks.push(Mark::Rule {
                    x,
                    y: top,
                    width: 0.5,
                    thickness: BOTTOM - top,
                    ink: Ink::Hairline,
                });
            }
        }
        if let Some(text) = left_out {
            let text = self.setting.paragraph(&text, LEFT_OUT, WIDTH);
            let place = self.role(Role::Paragraph);
            self.put(&text, (SIDE, BOTTOM + 4.0), Ink::Text, place);
        }
    }

    fn day(&mut self, day: &DayPlan, column: &Column, x: f32) {
        let height = DAY.size * 1.3 + 8.0;
        self.rule((x, self.y), COLUMN, height, Ink::Tint);
        let heading = self.setting.paragraph(&day.heading, DAY, TEXT + 3.0);
        let place = self.role(Role::Heading(day.heading.clone()));
        self.put(&heading, (x + PADDING, self.y + 4.0), Ink::Accent, place);
        self.y += height + 2.0;
        if day.visits.is_empty() {
            let none = self.setting.paragraph("no visits", Style { bold: false, ..DAY }, TEXT);
            let place = self.role(Role::Paragraph);
            self.put(&none, (x + PADDING, self.y + 3.0), Ink::Quiet, place);
        }
        for (number, (lines, bar)) in column.visits.iter().enumerate() {
            if number > 0 {
                self.rule((x + PADDING, self.y), COLUMN - 2.0 * PADDING, 0.4, Ink::Hairline);
            }
            self.y += column.gap;
            let height = height_of(lines.iter());
            self.rule((x + PADDING, self.y + 1.0), 1.5, height - 2.0, *bar);
            let place = self.role(Role::Paragraph);
            for (line, ink) in lines {
                self.put(line, (x + PADDING + 5.0, self.y), *ink, place);
                self.y += line.layout.height();
            }
            self.y += column.gap;
        }
        if column.missing > 0 {
            let more = self.setting.paragraph(&format!("and {} more", column.missing), DAY, TEXT);
            let place = self.role(Role::Paragraph);
            self.put(&more, (x + PADDING, self.y), Ink::Text, place);
        }
    }
}

fn height_of<'l>(lines: impl Iterator<Item = &'l (Rc<Paragraph>, Ink)>) -> f32 {
    lines.map(|(line, _)| line.layout.height()).sum()
}
