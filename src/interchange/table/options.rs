//! How the files of an import are read: the options that all imports share.

use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use encoding_rs::Encoding;

use super::corrections::Corrections;
use crate::model::import::mapping;

/// What the person says about the files.
#[derive(Args, Clone, Default)]
pub(crate) struct Reading {
    /// The sheet of a workbook, or the file in an archive, if there are several
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    /// Which column of a table holds a field, such as name="Full name"; may be given several times
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = mapping)]
    pub(crate) mapping: Vec<(String, String)>,
    /// The encoding of a text, such as windows-1252 [default: UTF-8, or UTF-16 with its mark]
    #[arg(long, value_name = "LABEL", value_parser = encoding)]
    pub(crate) encoding: Option<&'static Encoding>,
    /// The order of day, month and year in dates such as 03/04/2024 [default: only 2024-04-03 is a date]
    #[arg(long, value_enum)]
    pub(crate) date_format: Option<DateOrder>,
    /// Refuse columns that are not known, before any row
    #[arg(long)]
    pub(crate) strict: bool,
    /// Rows that were rejected before, in the place of those that they were.
    #[arg(skip)]
    pub(crate) corrections: Option<Arc<Corrections>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DateOrder {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
    /// Year, month, day
    Ymd,
}

impl DateOrder {
    pub(super) fn words(self) -> &'static str {
        match self {
            DateOrder::Dmy => "day, month, year",
            DateOrder::Mdy => "month, day, year",
            DateOrder::Ymd => "year, month, day",
        }
    }

    /// The day in a text of three numbers, of which the year has four digits; none in any other text.
    pub(crate) fn date(self, text: &str) -> Option<NaiveDate> {
        let parts = numbers(text)?;
        let [first, second, third] = parts;
        let (year, month, day) = match self {
            DateOrder::Dmy => (third, second, first),
            DateOrder::Mdy => (third, first, second),
            DateOrder::Ymd => (first, second, third),
        };
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
            .filter(|_| year.len() == 4)
    }
}

/// A day whose month is an English word, such as 31-Dec-2026.
pub(super) fn with_month(text: &str) -> Option<NaiveDate> {
    let day = text.replace(['-', ',', '.'], " ");
    let words: Vec<&str> = day.split_whitespace().collect();
    let [_, _, year] = words.as_slice() else { return None };
    let formats = ["%d %B %Y", "%B %d %Y"];
    let day = formats.iter().find_map(|format| NaiveDate::parse_from_str(&words.join(" "), format).ok());
    day.filter(|_| year.len() == 4)
}

/// Three numbers between slashes, points or hyphens.
fn numbers(text: &str) -> Option<[&str; 3]> {
    let sign = text.chars().find(|letter| !letter.is_ascii_digit()).filter(|sign| "/.-".contains(*sign))?;
    let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
    let is_number =
        |part: &&str| matches!(part.len(), 1..=4) && part.bytes().all(|byte| byte.is_ascii_digit());
    <[&str; 3]>::try_from(parts).ok().filter(|parts| parts.iter().all(is_number))
}

/// Whether the text is a date whose order is not known.
pub(crate) fn needs_an_order(text: &str) -> bool {
    let date = text.split(' ').next().unwrap_or_default();
    numbers(date).is_some_and(|[year, ..]| year.len() < 4)
}

pub(crate) fn encoding(label: &str) -> Result<&'static Encoding, String> {
    let spelled = Encoding::for_label(label.trim().as_bytes()).or_else(|| {
        let number =
            label.trim().to_ascii_lowercase().strip_prefix("cp").and_then(|code| u32::from_str(code).ok())?;
        Encoding::for_label(format!("windows-{number}").as_bytes())
    });
    spelled.ok_or_else(|| {
        "it is none of the encodings of the web, such as utf-8, windows-1252, iso-8859-2, macintosh or shift_jis"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_numbers_are_a_date_once_their_order_is_known() {
        let on = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        assert_eq!(DateOrder::Dmy.date("03/04/2024"), on(2024, 4, 3));
        assert_eq!(DateOrder::Mdy.date("3.4.2024"), on(2024, 3, 4));
        assert_eq!(DateOrder::Ymd.date("2024-4-3"), on(2024, 4, 3));
        for text in ["03/04/24", "13/13/2024", "3/4-2024", "3/4", "x/4/2024", ""] {
            assert_eq!(DateOrder::Dmy.date(text), None, "{text}");
        }
        assert!(needs_an_order("03/04/24") && needs_an_order("3.4.2024 10:00") && !needs_an_order("soon"));
    }

    #[test]
    fn a_month_may_be_a_word() {
        let day = NaiveDate::from_ymd_opt(1950, 12, 31);
        for text in ["31-Dec-1950", "31 December 1950", "Dec 31, 1950", "31. dec 1950"] {
            assert_eq!(with_month(text), day, "{text}");
        }
        for text in ["31-Dec-50", "Dec 1950", "31 Dez 1950", "", "31-12-1950"] {
            assert_eq!(with_month(text), None, "{text}");
        }
    }

    #[test]
    fn encodings_have_many_names() {
        assert_eq!(encoding("CP1250").unwrap().name(), "windows-1250");
        assert_eq!(encoding("macintosh").unwrap().name(), "macintosh");
        assert!(encoding("klingon-8").is_err());
    }
}
