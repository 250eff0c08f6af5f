//! A week on one page: seven columns, the type as large as fits. What does not fit in the smallest type is counted where it
//! is missing, so that the page never looks whole without being it.

mod detail;
mod sheet;

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::fonts::Fonts;
use super::setting::Setting;
use super::{About, draw};
use crate::error::Result;
use sheet::Sheet;

/// The week to print, as texts only.
pub(crate) struct WeekPlan {
    /// The sender in the letterhead.
    pub(crate) letterhead: String,
    /// Which week it is.
    pub(crate) week: String,
    pub(crate) title: String,
    /// How much there is in all.
    pub(crate) total: String,
    /// From Monday to Sunday.
    pub(crate) days: Vec<DayPlan>,
    /// Where the visits are that do not fit.
    pub(crate) elsewhere: String,
    /// At the foot of the page, two lines.
    pub(crate) footer: [String; 2],
    pub(crate) author: String,
    pub(crate) at: DateTime<Utc>,
}

pub(crate) struct DayPlan {
    pub(crate) heading: String,
    pub(crate) visits: Vec<PlannedVisit>,
}

#[derive(Clone)]
pub(crate) struct PlannedVisit {
    pub(crate) time: String,
    /// Whose it is, or what it is called.
    pub(crate) name: String,
    pub(crate) place: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) is_cancelled: bool,
}

/// The bytes of the page, and how many visits did not fit. Fails only by an internal error.
pub(crate) fn week(plan: &WeekPlan) -> Result<(Vec<u8>, usize)> {
    let failed = "the PDF cannot be built";
    let fonts = Fonts::for_texts(plan.texts().into_iter()).context(failed)?;
    let mut sheet = Sheet::new(plan, Setting::new(fonts));
    sheet.head();
    let (detail, columns, missing) = sheet.fitted();
    sheet.days(&columns, detail.left_out(plan, missing));
    let about =
        About { title: &format!("{} · {}", plan.title, plan.week), author: &plan.author, at: plan.at };
    let bytes = draw::document(&about, &[sheet.page], &sheet.roles).context(failed)?;
    Ok((bytes, missing))
}

impl WeekPlan {
    fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> =
            vec![&self.letterhead, &self.week, &self.title, &self.total, &self.elsewhere, "…"];
        texts.extend(self.footer.iter().map(String::as_str));
        for day in &self.days {
            texts.push(&day.heading);
            for visit in &day.visits {
                texts.extend([visit.time.as_str(), &visit.name]);
                texts.extend([&visit.place, &visit.note].into_iter().flatten().map(String::as_str));
            }
        }
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::{Mark, Region};
    use super::sheet::BOTTOM;
    use super::*;

    fn plan(visits: usize, note: &str) -> WeekPlan {
        let visit = |number| PlannedVisit {
            time: format!("{:02}:00–{:02}:30", number % 24, number % 24),
            name: "Ada Moss".to_owned(),
            place: Some("12 Elm Road, London SW1A 1AA".to_owned()),
            note: Some(note.to_owned()).filter(|note| !note.is_empty()),
            is_cancelled: number % 5 == 4,
        };
        let day = |number: usize| DayPlan {
            heading: format!("Day {number}"),
            visits: (0..visits).map(visit).collect(),
        };
        WeekPlan {
            letterhead: "Hub".to_owned(),
            week: "Week 49".to_owned(),
            title: "Acme Care".to_owned(),
            total: "many visits".to_owned(),
            days: (0..7).map(day).collect(),
            elsewhere: "the list shows all".to_owned(),
            footer: [String::new(), String::new()],
            author: String::new(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    /// How many visits of a day are on the page, all of it within the margins, how many not, and what is said of it.
    fn on_the_page(plan: &WeekPlan) -> (usize, usize, Option<String>) {
        let fonts = Fonts::for_texts(plan.texts().into_iter()).unwrap();
        let mut sheet = Sheet::new(plan, Setting::new(fonts));
        sheet.head();
        let (detail, columns, missing) = sheet.fitted();
        sheet.days(&columns, detail.left_out(plan, missing));
        for mark in &sheet.page.marks {
            let Mark::Line { paragraph, line, y, place: Region::Part(_), .. } = mark else { continue };
            let bottom = y + paragraph.layout.get(*line).unwrap().metrics().baseline;
            // What is left out stands below the columns.
            let most = if paragraph.text.ends_with(&plan.elsewhere) { BOTTOM + 15.0 } else { BOTTOM };
            assert!(bottom <= most, "below the page: {}", paragraph.text);
        }
        (columns[0].visits.len(), columns[0].missing, detail.left_out(plan, missing))
    }

    // Rule 8.47.
    #[test]
    fn a_week_is_one_page_and_counts_what_has_no_room() {
        assert_eq!(on_the_page(&plan(3, "")), (3, 0, None));
        let said = |what: &str| Some(format!("Left out, to fit on one page: {what}. the list shows all"));
        assert_eq!(on_the_page(&plan(6, &"ring twice ".repeat(60))), (6, 0, said("long notes")));
        assert_eq!(on_the_page(&plan(20, "")), (20, 0, said("addresses")));
        assert_eq!(on_the_page(&plan(20, "ring")), (20, 0, said("addresses and notes")));
        let (shown, missing, said) = on_the_page(&plan(60, ""));
        assert!(shown > 25 && shown + missing == 60, "{shown} {missing}");
        assert_eq!(
            said,
            Some(format!(
                "{} of 420 visits are on this page, without addresses: the list shows all",
                7 * shown
            ))
        );
    }
}
