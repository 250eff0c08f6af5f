//! A report as a page of HTML that prints well.

use std::io;

use quick_xml::events::{BytesText, Event};

use super::{Xml, document, element, empty_element, svg, text_element};
use crate::error::Result;
use crate::model::chart::{Page, Section, Table};

const STYLE: &str = "
body { font: 11pt/1.4 'Liberation Sans', Arial, Helvetica, sans-serif; color: #000; background: #fff; max-width: 60em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; margin: 0; }
h2 { font-size: 1.1em; margin: 1.5em 0 0.5em; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: 0.5em 0 1.5em; font-size: 0.9em; }
caption { text-align: left; font-weight: bold; }
th, td { border-bottom: 1px solid #999; padding: 0.2em 0.6em; text-align: left; vertical-align: top; }
.number { text-align: right; }
td.number { white-space: nowrap; }
tbody th { min-width: 11em; font-weight: normal; }
tfoot th, tfoot td { border-top: 2px solid #000; font-weight: bold; }
footer, ul { font-size: 0.85em; }
@page { margin: 15mm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; }
  svg, table, tr { break-inside: avoid; }
  h2, caption { break-after: avoid; }
  thead { display: table-header-group; }
}
";

/// `hub` stands above it, and the `footer` below.
pub(crate) fn page(page: &Page, hub: &str, footer: &[String]) -> Result<Vec<u8>> {
    document(|xml| {
        xml.write_event(Event::DocType(BytesText::from_escaped("html")))?;
        let attributes = [("xmlns", "http://www.w3.org/1999/xhtml"), ("lang", "en")];
        element(xml, "html", &attributes, |xml| {
            element(xml, "head", &[], |xml| head(xml, page))?;
            element(xml, "body", &[], |xml| body(xml, page, hub, footer))
        })
    })
}

fn head(xml: &mut Xml, page: &Page) -> io::Result<()> {
    empty_element(xml, "meta", &[("charset", "utf-8")])?;
    let nothing = [
        ("http-equiv", "Content-Security-Policy"),
        ("content", "default-src 'none'; style-src 'unsafe-inline'"),
    ];
    empty_element(xml, "meta", &nothing)?;
    empty_element(xml, "meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")])?;
    text_element(xml, "title", &[], &format!("{}, {}", page.title, page.about))?;
    // A browser reads it as it stands.
    xml.create_element("style").write_text_content(BytesText::from_escaped(STYLE)).map(drop)
}

fn body(xml: &mut Xml, page: &Page, hub: &str, footer: &[String]) -> io::Result<()> {
    element(xml, "header", &[], |xml| {
        if !hub.is_empty() {
            text_element(xml, "p", &[], hub)?;
        }
        text_element(xml, "h1", &[], &page.title)?;
        text_element(xml, "p", &[], &page.about)
    })?;
    for section in &page.sections {
        element(xml, "section", &[], |xml| write_section(xml, section))?;
    }
    element(xml, "ul", &[], |xml| page.notes.iter().try_for_each(|note| text_element(xml, "li", &[], note)))?;
    element(xml, "footer", &[], |xml| footer.iter().try_for_each(|line| text_element(xml, "p", &[], line)))
}

fn write_section(xml: &mut Xml, section: &Section) -> io::Result<()> {
    let heading = &section.chart.heading;
    text_element(xml, "h2", &[], heading)?;
    if !section.chart.bars.is_empty() {
        svg::write_below(xml, &section.chart, heading)?;
    }
    element(xml, "table", &[], |xml| table(xml, &section.table))
}

fn table(xml: &mut Xml, table: &Table) -> io::Result<()> {
    text_element(xml, "caption", &[], "The same in figures")?;
    element(xml, "thead", &[], |xml| {
        element(xml, "tr", &[], |xml| {
            let mut heads = table.heads.iter();
            heads.try_for_each(|(head, is_number)| {
                text_element(xml, "th", &[("scope", "col"), ("class", class(*is_number))], head)
            })
        })
    })?;
    element(xml, "tbody", &[], |xml| table.rows.iter().try_for_each(|cells| row(xml, table, cells)))?;
    match &table.total {
        Some(total) => element(xml, "tfoot", &[], |xml| row(xml, table, total)),
        None => Ok(()),
    }
}

/// The first cell names the row.
fn row(xml: &mut Xml, table: &Table, cells: &[String]) -> io::Result<()> {
    element(xml, "tr", &[], |xml| {
        for (number, (cell, (_, is_number))) in cells.iter().zip(&table.heads).enumerate() {
            match number {
                0 => text_element(xml, "th", &[("scope", "row")], cell)?,
                _ => text_element(xml, "td", &[("class", class(*is_number))], cell)?,
            }
        }
        Ok(())
    })
}

fn class(is_number: bool) -> &'static str {
    if is_number { "number" } else { "text" }
}
