//! Charts as documents: an SVG picture, and a page of HTML to print with the figures beside each picture. Both are XML, with no
//! script and nothing from elsewhere.

mod html;
mod svg;

use std::io;

use anyhow::Context as _;
pub(crate) use html::page;
use quick_xml::Writer;
use quick_xml::events::BytesText;
pub(crate) use svg::picture;

use crate::error::Result;

type Xml = Writer<Vec<u8>>;

/// An element with attributes and a text.
fn text_element(xml: &mut Xml, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
    let element = xml.create_element(name).with_attributes(attributes.iter().copied());
    let text: String = text.chars().map(|letter| if is_allowed(letter) { letter } else { ' ' }).collect();
    element.write_text_content(BytesText::new(&text)).map(drop)
}

/// Whether XML can hold it at all, and no reader obeys it.
fn is_allowed(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// An element with attributes and what `inner` writes into it.
fn element(
    xml: &mut Xml, name: &str, attributes: &[(&str, &str)], inner: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let element = xml.create_element(name).with_attributes(attributes.iter().copied());
    element.write_inner_content(inner).map(drop)
}

fn empty_element(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.create_element(name).with_attributes(attributes.iter().copied()).write_empty().map(drop)
}

fn document(write: impl FnOnce(&mut Xml) -> io::Result<()>) -> Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    write(&mut xml).context("the document cannot be written")?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;
    use crate::model::chart::{Bar, Group, Page, Picture, Section, Table};

    fn sample() -> Page {
        let bar = |name: &str, picture: Picture, label: &str| Bar {
            name: name.to_owned(),
            picture,
            label: vec![label.to_owned()],
        };
        Page {
            title: "Offers by provider".to_owned(),
            about: "1 to 30 November 2026".to_owned(),
            sections: vec![Section {
                chart: Group {
                    heading: "Offers & answers".to_owned(),
                    bars: vec![
                        bar("<script>alert(1)</script>\u{7}", Picture::Bar { value: 3, room: 1 }, "3 of 4"),
                        bar("Oak", Picture::Bar { value: 0, room: 0 }, "<5 of *"),
                        bar("packages", Picture::Trend(vec![Some(2), None, Some(8), Some(0)]), "10"),
                    ],
                },
                table: Table {
                    heads: vec![("provider".to_owned(), false), ("offered".to_owned(), true)],
                    rows: vec![vec!["<script>alert(1)</script>".to_owned(), "4".to_owned()]],
                    total: Some(vec!["total".to_owned(), "4".to_owned()]),
                },
            }],
            notes: vec!["Offered: & so on.".to_owned()],
        }
    }

    /// The names of all elements, in order; fails where the text is not well-formed.
    fn elements(text: &str) -> Vec<String> {
        let (mut reader, mut names, mut depth) = (Reader::from_str(text), Vec::new(), 0);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(tag) => {
                    depth += 1;
                    names.push(tag.name().as_ref().to_owned());
                }
                Event::Empty(tag) => names.push(tag.name().as_ref().to_owned()),
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "each element is closed");
        names
    }

    #[test]
    fn a_page_is_well_formed_and_holds_no_script() {
        let html =
            String::from_utf8(page(&sample(), "Hub <North>", &["Printed by <anna>.".to_owned()]).unwrap())
                .unwrap();
        let names = elements(&html);
        for wanted in ["table", "svg", "caption", "thead", "tfoot"] {
            assert!(names.iter().any(|name| name == wanted), "{wanted}: {html}");
        }
        for unwanted in ["script", "link", "img", "iframe"] {
            assert!(names.iter().all(|name| name != unwanted), "{unwanted}: {html}");
        }
        assert!(
            html.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                && !html.contains("http://www.w3.org/1999/xlink")
        );
        assert!(!html.contains("url(") && !html.contains("@import"));
    }

    #[test]
    fn a_picture_has_a_bar_for_each_name() {
        let svg = String::from_utf8(picture(&sample()).unwrap()).unwrap();
        elements(&svg);
        expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" width="640" height="170" viewBox="0 0 640 170" role="img" style="font: 12px &apos;DejaVu Sans Mono&apos;, &apos;Liberation Mono&apos;, Menlo, Consolas, monospace">
             <title>Offers by provider</title>
             <rect width="100%" height="100%" fill="#ffffff"/>
             <text x="12" y="26" font-weight="bold" xml:space="preserve">Offers &amp; answers</text>
             <text x="12" y="50" font-weight="normal" xml:space="preserve">&lt;script&gt;alert(1)&lt;/script&gt; </text>
             <rect x="282" y="54" width="90" height="14" fill="#ffffff" stroke="#1f5f8b"/>
             <rect x="12" y="54" width="270" height="14" fill="#1f5f8b" stroke="#1f5f8b"/>
             <text x="378" y="65" font-weight="normal" xml:space="preserve">3 of 4</text>
             <text x="12" y="90" font-weight="normal" xml:space="preserve">Oak</text>
             <text x="18" y="105" font-weight="normal" xml:space="preserve">&lt;5 of *</text>
             <text x="12" y="130" font-weight="normal" xml:space="preserve">packages</text>
             <rect x="12" y="145" width="22" height="3" fill="#1f5f8b" stroke="#1f5f8b"/>
             <rect x="36" y="147" width="1" height="1" fill="#1f5f8b" stroke="#1f5f8b"/>
             <rect x="60" y="134" width="22" height="14" fill="#1f5f8b" stroke="#1f5f8b"/>
             <text x="114" y="145" font-weight="normal" xml:space="preserve">10</text>
            </svg>
        "##]].assert_eq(&svg);
    }
}
