//! Values that people enter: days, moments, periods, names, codes, postal codes.

use std::fmt::Debug;

use super::{now, reason, today, zone};
use crate::db;
use crate::interchange::table::{clean_name, clean_text, encoding};
use crate::model::account::import::{alert_kind, level, permission};
use crate::model::account::login;
use crate::model::area::area;
use crate::model::as_of::AsOf;
use crate::model::audit::Cursor;
use crate::model::capacity::window;
use crate::model::client_phone::Phone;
use crate::model::code::{Prefix, looks_like_a_code, unlike_a_code};
use crate::model::import::mapping;
use crate::model::operation_key::OperationKey;
use crate::model::queue::StatusSpec;
use crate::model::reference::{Reference, code_of};
use crate::model::report::{Edge, Period};
use crate::model::sharing::data_type;
use crate::model::span::{self, span};
use crate::model::time::{self, Day, Moment, Week};
use crate::model::zone::Zone;
use crate::model::{backup, capacity, contact, package, resource, search_key, spreadsheet, text};

/// The first byte says what is read, the second the zone.
pub(super) fn value(data: &[u8]) {
    let Some(([kind, place], rest)) = data.split_first_chunk() else { return };
    let Ok(entered) = str::from_utf8(rest) else { return };
    let (now, today, zone) = (now(), today(), zone(*place));
    match kind % 12 {
        0 => days(entered, zone),
        1 => {
            if let Some(moment) = reason(entered.parse::<Moment>()) {
                reason(moment.resolve(today, zone));
                let _ = moment.twice(today, zone);
            }
        }
        2 => {
            if let Some(when) = reason(entered.parse::<span::When>()) {
                reason(when.resolve(now, today, zone));
                let _ = when.twice(today, zone);
            }
            reason(span(entered));
        }
        3 => {
            if let Some(when) = reason(entered.parse::<window::When>()) {
                reason(when.start(today, zone));
                reason(when.end(today, zone));
                let _ = when.twice(today, zone);
            }
        }
        4 => {
            if let Some(when) = reason(entered.parse::<AsOf>()) {
                reason(when.resolve(now, today, zone));
                reason(when.beginning(now, today, zone));
                let _ = when.twice(today, zone);
            }
        }
        5 => period(entered, zone),
        6 => references(entered),
        7 => names(entered),
        8 => folded(entered),
        9 => words(entered),
        10 => spreadsheets(entered),
        _ => written(entered),
    }
}

fn days(entered: &str, zone: Zone) {
    let today = today();
    if let Some(day) = reason(entered.parse::<Day>()) {
        let _ = (day.resolve(today), day.resolve_past(today));
        let _ = time::start_of(day.resolve(today), zone);
    }
    if let Some(week) = reason(entered.parse::<Week>()) {
        let _ = week.monday(today);
    }
    let _ = (time::date(entered), time::weekday(entered), time::time_of_day(entered));
    reason(time::minutes(entered));
    reason(time::weekdays(entered));
    reason(time::day_of_table("day", entered, "2026-12-01"));
}

/// The ends of a period are parted by a line end.
fn period(entered: &str, zone: Zone) {
    let (from, to) = entered.split_once('\n').unwrap_or((entered, ""));
    let edge = |text: &str| if text.is_empty() { None } else { reason(text.parse::<Edge>()) };
    if let Ok(period) = Period::new(edge(from), edge(to), today(), zone) {
        let _ = period.words();
        let last = period.months().len();
        assert!(period.month_of(now()) <= last);
        assert!(period.begin < period.end);
    }
}

fn references(entered: &str) {
    if let Some(reference) = reason(entered.parse::<Reference>()) {
        let _ = (reference.code(), reference.whole_code(), reference.name_key(), reference.label_key());
        for (from, to) in [reference.code_range(), reference.name_range(), reference.label_range()] {
            assert!(from <= to, "{from:?} {to:?}");
        }
    }
    for prefix in Prefix::ALL {
        let _ = code_of(*prefix, entered);
    }
    let _ = looks_like_a_code(entered);
    reason(unlike_a_code(entered));
    same(entered.parse::<Cursor>());
    let _ = entered.parse::<OperationKey>();
    let _ = backup::is_file_name(entered);
}

fn names(entered: &str) {
    for read in [
        text::name,
        text::line,
        text::free,
        text::note,
        text::email,
        login,
        contact::details,
        clean_name,
        package::reference,
    ] {
        // What was taken is taken again, as it is.
        if let Some(name) = reason(read(entered)) {
            assert_eq!(read(&name).as_ref(), Ok(&name), "{entered:?}");
        }
    }
    reason(clean_text(entered));
    if let Some(phone) = reason(entered.parse::<Phone>()) {
        assert_eq!(phone.to_string().parse::<Phone>().as_ref(), Ok(&phone), "{entered:?}");
    }
    reason(entered.parse::<StatusSpec>());
}

/// What is folded is folded already.
fn folded(entered: &str) {
    for fold in [text::fold, text::fold_words, resource::search::postal_key] {
        let once = fold(entered);
        assert_eq!(fold(&once), once, "{entered:?}");
    }
    // An apostrophe that stands alone leaves its blanks; what is stored has them too.
    let once = text::fold_name(entered);
    assert!(text::fold_name(&once).split_whitespace().eq(once.split_whitespace()), "{entered:?}");
    let _ = search_key::words_of_name(entered);
    let _ = (search_key::phone_word(entered), search_key::phone_beginning(entered));
    let _ = (search_key::postal_word(entered), search_key::id_word(entered), area(entered));
    let _ = text::nearest(entered, ["providers", "clients", "released"].into_iter());
    let _ = (text::escaped_for_like(entered), text::several(&[entered.to_owned()], 3));
}

fn words(entered: &str) {
    reason(text::yes_or_no(entered));
    reason(data_type(entered));
    reason(level(entered));
    reason(alert_kind(entered));
    reason(permission(entered));
    reason(mapping(entered));
    reason(encoding(entered));
    reason(db::duration(entered));
    reason(capacity::rules::number(entered));
    if let Some(zone) = reason(entered.parse::<Zone>()) {
        assert_eq!(zone.name().parse::<Zone>().map(Zone::name), Ok(zone.name()));
        let _ = zone.local(now());
    }
}

/// What is guarded is unguarded to what it was.
fn spreadsheets(entered: &str) {
    assert_eq!(spreadsheet::unguard(&spreadsheet::guard(entered)), entered);
    assert_eq!(spreadsheet::unguard(&spreadsheet::exact(entered)), entered);
    let _ = spreadsheet::unguard(entered);
}

fn written(entered: &str) {
    let quoted = text::shell_word(entered);
    if !entered.contains('\0') && entered != "caredesk" {
        let words = crate::model::batch::lines::words(&quoted).expect("it was quoted");
        assert_eq!(words, [entered], "{quoted}");
    }
}

/// What is shown is read again as the same.
fn same<T: std::str::FromStr<Err = String> + ToString + PartialEq + Debug>(read: Result<T, String>) {
    if let Some(value) = reason(read) {
        assert_eq!(value.to_string().parse::<T>().as_ref(), Ok(&value));
    }
}
