//! Narrow tables and long ones.

use chrono::{TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::*;

fn drawn(fields: &[&'static Field], rows: &[Value], width: Option<usize>) -> (String, LeftOut) {
    let output = Output::for_tests(width);
    let mut table = Table::new(fields.to_vec(), Times::Age, &output);
    let mut text = Vec::new();
    for row in rows {
        table.row(&mut text, row.as_object().unwrap());
    }
    table.flush(&mut text, true);
    (String::from_utf8(text).unwrap(), table.left_out())
}

const FIELDS: [&Field; 5] = [
    &Field::shown("code", FieldKind::Code),
    &Field::shown("client_name", FieldKind::Text),
    &Field::shown("created_at", FieldKind::Age),
    &Field::hidden("starts_at", FieldKind::Instant),
    &Field::shown("duration_minutes", FieldKind::Number),
];

fn row(code: &str, name: &str, minutes: i64) -> Value {
    json!({
        "code": code, "client_name": name, "duration_minutes": minutes,
        "created_at": "2026-11-22T07:00:00Z", "starts_at": "2026-12-01T08:30:00Z",
    })
}

#[test]
fn text_wraps_and_columns_are_left_out_where_it_is_narrow() {
    let rows = [
        row("REF-7K3M9Q", "Maria-Theresia von Hohenberg zu Lichtenstein", 30),
        row("REF-000001", "王小明", 5),
    ];
    let (text, left_out) = drawn(&FIELDS, &rows, Some(80));
    expect_test::expect![[r"
        CODE        CLIENT NAME                      CREATED  STARTS AT         DURATION
                                                     AT                          MINUTES
        REF-7K3M9Q  Maria-Theresia von Hohenberg zu  2 h ago  2026-12-01 08:30        30
                    Lichtenstein
        REF-000001  王小明                           2 h ago  2026-12-01 08:30         5
    "]]
    .assert_eq(&text);
    assert_eq!(left_out, LeftOut::default());
    let (text, left_out) = drawn(&FIELDS, &rows, Some(40));
    expect_test::expect![[r"
        CODE        CLIENT NAME          CREATED
                                         AT
        REF-7K3M9Q  Maria-Theresia von   2 h ago
                    Hohenberg zu
                    Lichtenstein
        REF-000001  王小明               2 h ago
    "]]
    .assert_eq(&text);
    assert_eq!(left_out.full, ["starts_at", "duration_minutes"]);
    let (text, _) = drawn(&FIELDS, &rows, None);
    expect_test::expect![[r"
        CODE        CLIENT NAME                                   CREATED AT  STARTS AT         DURATION MINUTES
        REF-7K3M9Q  Maria-Theresia von Hohenberg zu Lichtenstein  2 h ago     2026-12-01 08:30                30
        REF-000001  王小明                                        2 h ago     2026-12-01 08:30                 5
    "]].assert_eq(&text);
}

/// The first block decides; a longer name wraps, a longer code stays whole and takes room from the name in its row.
#[test]
fn row_5000_stands_where_row_5_does() {
    let mut rows: Vec<Value> =
        (0..5_000).map(|number| row(&format!("REF-{number:06}"), "Ada Moss", 30)).collect();
    rows[4_999] = row("REF-004999", &"Wilhelmina ".repeat(6), 1_000_000);
    let (text, left_out) = drawn(&FIELDS, &rows, Some(80));
    let last: Vec<&str> = text.lines().skip(4_999).collect();
    expect_test::expect![[r"
        REF-004997  Ada Moss                  2 h ago        2026-12-01 08:30         30
        REF-004998  Ada Moss                  2 h ago        2026-12-01 08:30         30
        REF-004999  Wilhelmina Wilhelmina     2 h ago        2026-12-01 08:30    1000000
                    Wilhelmina Wilhelmina
                    Wilhelmina Wilhelmina"]]
    .assert_eq(&last.join("\n"));
    assert_eq!(left_out, LeftOut::default());
    rows[4_999] = row("EXTERNAL-NUMBER-0000004999", "Ada", 1);
    let (text, _) = drawn(&FIELDS, &rows, Some(80));
    assert!(text.lines().last().unwrap().starts_with("EXTERNAL-NUMBER-0000004999  Ada  "), "{text}");
    assert!(text.lines().all(|line| line.width() <= 80));
    let before = text.lines().nth(5_000).unwrap();
    assert!(before.starts_with("REF-004998  Ada Moss                  2 h ago"), "{before}");
}

/// Where nothing wraps, a longer cell takes the room that its neighbours do not need, and the next row is where all are.
#[test]
fn in_a_pipe_only_the_row_of_a_longer_cell_differs() {
    let mut rows: Vec<Value> =
        (0..300).map(|number| row(&format!("REF-{number:06}"), "Ada Moss", 30)).collect();
    rows[298] = row("EXTERNAL-NUMBER-0000004999", "Wilhelmina Wilhelmina", 30);
    let (text, _) = drawn(&FIELDS, &rows, None);
    let last: Vec<&str> = text.lines().skip(298).collect();
    expect_test::expect![[r"
        REF-000297  Ada Moss                          2 h ago        2026-12-01 08:30                30
        EXTERNAL-NUMBER-0000004999  Wilhelmina Wilhelmina  2 h ago   2026-12-01 08:30                30
        REF-000299  Ada Moss                          2 h ago        2026-12-01 08:30                30"]]
    .assert_eq(&last.join("\n"));
}

const KINDS: [FieldKind; 6] =
    [FieldKind::Code, FieldKind::Text, FieldKind::Status, FieldKind::Date, FieldKind::Age, FieldKind::Number];
const KEYS: [&str; 6] = ["a", "two_words", "a_very_long_heading_indeed", "d", "since", "count"];

fn fields() -> impl Strategy<Value = Vec<&'static Field>> {
    prop::collection::vec((0..KINDS.len(), 0..4_u8), 1..=KEYS.len()).prop_map(|kinds| {
        let field = |(key, (kind, rank)): (&&'static str, (usize, u8))| -> &'static Field {
            Box::leak(Box::new(Field { rank, ..Field::shown(key, KINDS[kind]) }))
        };
        KEYS.iter().zip(kinds).map(field).collect()
    })
}

fn value(kind: FieldKind, text: &str, number: i64) -> Value {
    match kind {
        FieldKind::Age => json!(
            "2026-11-22T09:00:00Z".parse::<chrono::DateTime<Utc>>().unwrap() - TimeDelta::minutes(number)
        ),
        FieldKind::Date => json!("2026-11-22"),
        FieldKind::Number => json!(number),
        FieldKind::Text => json!(text),
        _ => json!(text.split(' ').next().unwrap_or("x")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn nothing_fixed_is_cut_all_text_is_there_and_lines_fit_if_they_can(
        fields in fields(),
        texts in prop::collection::vec(("[a-zé]{1,9}( [a-z日本語א]{1,12}){0,6}", 0..2_000_000_i64), 0..280),
        width in prop::option::of(4..120_usize),
    ) {
        let row = |(text, number): &(String, i64)| {
            Value::Object(fields.iter().map(|field| (field.key.to_owned(), value(field.kind, text, *number))).collect())
        };
        let rows: Vec<Value> = texts.iter().map(row).collect();
        let (text, left_out) = drawn(&fields, &rows, width);
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
        let (mut all, mut expected) = (squeezed(&text), Vec::new());
        let kept: Vec<&&Field> = fields.iter().filter(|field| !left_out.full.contains(&field.key) && !left_out.empty.contains(&field.key)).collect();
        expected.extend(kept.iter().flat_map(|field| squeezed(&heading(field, &[]))));
        let output = Output::for_tests(width);
        let mut widest_fixed = vec![0; kept.len()];
        for row in &rows {
            for (field, widest) in kept.iter().zip(&mut widest_fixed) {
                let said = cell(&row[field.key], field.kind, Times::Age, &output).replace('\u{a0}', " ");
                expected.extend(squeezed(&said));
                if !wraps(field, Times::Age) || width.is_none() {
                    prop_assert!(text.contains(&said), "{said} in\n{text}");
                    *widest = said.width().max(*widest);
                }
            }
        }
        all.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(all, expected);
        // The minimum: fixed cells, words of headings, eight columns of text.
        let least: usize = kept.iter().zip(&widest_fixed).map(|(field, fixed)| {
            let word = heading(field, &[]).split(' ').map(str::len).max().unwrap_or(0);
            (*fixed).max(word).max(usual(field.kind, true).min(20)) + 2
        }).sum();
        if let Some(width) = width {
            for line in text.lines() {
                prop_assert!(line.width() <= width.max(least), "{width} {least}\n{text}");
            }
        }
    }
}
