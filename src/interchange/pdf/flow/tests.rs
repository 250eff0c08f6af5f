use super::super::fonts::Fonts;
use super::*;

fn page_content(fields: Vec<(&'static str, Option<String>)>, sections: Vec<Section>) -> PdfDocument {
    PdfDocument {
        letterhead: "Hub".to_owned(),
        mark: "Record".to_owned(),
        kind: "Contact 1".to_owned(),
        title: "Ada".to_owned(),
        running: "Contact 1".to_owned(),
        fields,
        sections,
        footer: [String::new(), String::new()],
        author: String::new(),
        at: chrono::DateTime::UNIX_EPOCH,
    }
}

fn flowed(page_content: &PdfDocument) -> Vec<Page> {
    pages(page_content, Setting::new(Fonts::for_texts(page_content.texts().into_iter()).unwrap())).0
}

/// The text of each paragraph of a page, and whether it is part of the structure.
fn texts(page: &Page) -> Vec<(String, bool)> {
    let lines = page.marks.iter().filter_map(|mark| match mark {
        Mark::Line { paragraph, line: 0, place, .. } => {
            Some((paragraph.text.clone(), matches!(place, Region::Part(_))))
        }
        _ => None,
    });
    lines.collect()
}

fn must_stay_on(pages: &[Page]) {
    for mark in pages.iter().flat_map(|page| &page.marks) {
        let Mark::Line { paragraph, line, x, y, place: Region::Part(_), .. } = mark else { continue };
        let line = paragraph.layout.get(*line).unwrap();
        let metrics = line.metrics();
        assert!(y + metrics.baseline <= BOTTOM, "below the page: {}", paragraph.text);
        let end = x + metrics.offset + metrics.advance - metrics.hanging_advance;
        assert!(end <= RIGHT + 0.5, "beside the page: {}", paragraph.text);
    }
}

#[test]
fn nothing_is_put_below_the_page_or_beside_it() {
    for long in ["word ".repeat(80), "w".repeat(254)] {
        let fields = (0..24).map(|number| ("Field", (number % 3 > 0).then(|| long.clone()))).collect();
        let pages = flowed(&PdfDocument { title: long.clone(), ..page_content(fields, Vec::new()) });
        must_stay_on(&pages);
        assert!(pages.len() > 1);
    }
}

#[test]
fn a_table_has_its_heads_on_every_page() {
    // Starts at every height near the end of a page, with rows of one line and of several.
    for (paragraphs, words) in (24..36).flat_map(|number| [(number, 1), (number, 60)]) {
        let rows = (0..70).map(|row| vec![format!("row {row}"), "word ".repeat(words)]);
        let table = Body::Table { heads: vec![("Code", 0.3), ("Note", 0.7)], rows: rows.collect() };
        let text = Body::Text("line\n".repeat(paragraphs));
        let sections = ["Details", "Referrals"].into_iter().zip([text, table]);
        let sections = sections.map(|(heading, body)| Section { heading, body }).collect();
        let pages = flowed(&page_content(Vec::new(), sections));
        must_stay_on(&pages);
        let with_rows: Vec<_> = pages
            .iter()
            .map(texts)
            .filter(|page| page.iter().any(|(text, _)| text.starts_with("row ")))
            .collect();
        assert!(with_rows.len() > 1);
        for (number, page) in with_rows.iter().enumerate() {
            let heads = page.iter().position(|(text, _)| text == "Code").unwrap();
            assert!(page[heads + 2].0.starts_with("row "), "{page:?}");
            assert_eq!(page[heads].1, number == 0, "only the first is a part of the document");
            assert_eq!(page.iter().filter(|(text, _)| text == "Code").count(), 1);
        }
        let alone = pages.iter().map(texts).filter(|page| page.iter().any(|(text, _)| text == "Referrals"));
        assert!(alone.flatten().any(|(text, _)| text == "row 0"), "a heading stands alone");
    }
}
