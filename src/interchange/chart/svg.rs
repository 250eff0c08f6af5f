//! A chart as an SVG picture. Labels stand whole: the picture is as wide as the longest takes.

use std::io;

use unicode_width::UnicodeWidthStr;

use super::{Xml, document, element, empty_element, text_element};
use crate::error::Result;
use crate::model::chart::{Bar, Group, Page, Picture};

const NAMESPACE: &str = "http://www.w3.org/2000/svg";
/// A column of a font of fixed width, in hundredths of a pixel; a little more than the widest such font takes.
const COLUMN: usize = 780;
const FONT: &str = "font: 12px 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace";
const MARGIN: usize = 12;
const HEADING: usize = 26;
const NAME: usize = 16;
const BAR: usize = 14;
const LINE: usize = NAME + BAR + 10;
const LONGEST: usize = 360;
const LEAST_WIDTH: usize = 640;
const FULL: &str = "#1f5f8b";
const EMPTY: &str = "#ffffff";

/// All charts of a report below each other.
pub(crate) fn picture(page: &Page) -> Result<Vec<u8>> {
    let charts: Vec<&Group> = page.sections.iter().map(|section| &section.chart).collect();
    document(|xml| write(xml, &charts, &page.title, HEADING))
}

/// One chart, below its heading.
pub(super) fn write_below(xml: &mut Xml, chart: &Group, heading: &str) -> io::Result<()> {
    write(xml, &[chart], heading, 0)
}

/// `title` is what is read aloud for the picture, `heading` the room for that of each chart.
fn write(xml: &mut Xml, charts: &[&Group], title: &str, heading: usize) -> io::Result<()> {
    let height_of = |chart: &Group| heading + chart.bars.len() * LINE + MARGIN;
    let width = charts.iter().map(|chart| width(chart)).max().unwrap_or(LEAST_WIDTH).max(LEAST_WIDTH);
    let height = charts.iter().map(|chart| height_of(chart)).sum::<usize>() + MARGIN;
    let longest = charts.iter().map(|chart| chart.longest()).max().unwrap_or(0);
    let (wide, high) = (width.to_string(), height.to_string());
    let view = format!("0 0 {width} {height}");
    let attributes = [
        ("xmlns", NAMESPACE),
        ("width", wide.as_str()),
        ("height", high.as_str()),
        ("viewBox", view.as_str()),
        ("role", "img"),
        ("style", FONT),
    ];
    element(xml, "svg", &attributes, |xml| {
        text_element(xml, "title", &[], title)?;
        empty_element(xml, "rect", &[("width", "100%"), ("height", "100%"), ("fill", "#ffffff")])?;
        let mut top = MARGIN;
        for chart in charts {
            if heading > 0 {
                text(xml, MARGIN, top + 14, &chart.heading, true)?;
            }
            draw(xml, chart, longest, top + heading)?;
            top += height_of(chart);
        }
        Ok(())
    })
}

fn width(chart: &Group) -> usize {
    let columns = |text: &str| text.width() * COLUMN / 100;
    let bar = |bar: &Bar| columns(&bar.name).max(LONGEST + MARGIN + columns(&bar.label.join(", ")));
    let bars = chart.bars.iter().map(bar).max().unwrap_or(0);
    // Bold letters are as wide as others.
    bars.max(columns(&chart.heading)) + 2 * MARGIN
}

fn draw(xml: &mut Xml, chart: &Group, longest: i64, top: usize) -> io::Result<()> {
    for (number, bar) in chart.bars.iter().enumerate() {
        let line = top + number * LINE;
        text(xml, MARGIN, line + 12, &bar.name, false)?;
        let end = match &bar.picture {
            Picture::Bar { value, room } => draw_bar(xml, (*value, *room), longest, line + NAME)?,
            Picture::Trend(values) => draw_trend(xml, values, line + NAME)?,
        };
        text(xml, MARGIN + end + MARGIN / 2, line + NAME + 11, &bar.label.join(", "), false)?;
    }
    Ok(())
}

fn text(xml: &mut Xml, x: usize, y: usize, text: &str, is_heading: bool) -> io::Result<()> {
    let (x, y) = (x.to_string(), y.to_string());
    let weight = if is_heading { "bold" } else { "normal" };
    let place = [("x", x.as_str()), ("y", y.as_str()), ("font-weight", weight), ("xml:space", "preserve")];
    text_element(xml, "text", &place, text)
}

/// The full part, and the empty one in an outline. Returns where it ends.
fn draw_bar(xml: &mut Xml, (value, room): (i64, i64), longest: i64, top: usize) -> io::Result<usize> {
    let least = usize::from(value > 0);
    let full = share(value, longest, LONGEST).max(least);
    let whole = share(value.saturating_add(room), longest, LONGEST).max(full);
    if whole > full {
        rectangle(xml, (MARGIN + full, top, whole - full, BAR), EMPTY)?;
    }
    if full > 0 {
        rectangle(xml, (MARGIN, top, full, BAR), FULL)?;
    }
    Ok(whole)
}

/// A column for each value; a dot where none is known or shown.
fn draw_trend(xml: &mut Xml, values: &[Option<i64>], top: usize) -> io::Result<usize> {
    let step = (LONGEST / values.len().max(1)).clamp(1, 24);
    let most = values.iter().flatten().max().copied().unwrap_or(0);
    for (number, value) in values.iter().enumerate() {
        let left = MARGIN + number * step;
        let width = step.saturating_sub(2).max(1);
        match value {
            None => rectangle(xml, (left, top + BAR - 1, 1, 1), FULL)?,
            Some(..=0) => {}
            Some(value) => {
                let height = share(*value, most, BAR).max(1);
                rectangle(xml, (left, top + BAR - height, width, height), FULL)?;
            }
        }
    }
    Ok(values.len() * step)
}

fn rectangle(
    xml: &mut Xml, (x, y, width, height): (usize, usize, usize, usize), fill: &str,
) -> io::Result<()> {
    let [x, y, width, height] = [x, y, width, height].map(|number| number.to_string());
    let place = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height)];
    let paint = [("fill", fill), ("stroke", FULL)];
    empty_element(xml, "rect", &[place.as_slice(), &paint].concat())
}

fn share(value: i64, longest: i64, room: usize) -> usize {
    let share = i128::from(value.max(0)) * room as i128 / i128::from(longest.max(1));
    usize::try_from(share).unwrap_or(room)
}
