//! `demo --into FILE`: two months of the town, line by line of `examples/town/town.txt`.

use std::collections::BTreeMap;

use chrono::{Days, NaiveTime, TimeDelta};

use super::stage::{Stage, or_partly};
use crate::commands::prelude::*;

const SCRIPT: &str = include_str!("../../../examples/town/town.txt");

/// What each command of the town takes.
const MINUTES: i64 = 2;

pub(super) fn build(stage: &Stage<'_>) -> Result<()> {
    let mut town = Town { stage, at: stage.now(), codes: BTreeMap::new() };
    for line in SCRIPT.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        town.live(line)?;
    }
    let file = stage.location();
    output::text(&format!(
        "`{file}` holds two months of Alderbrook, an invented town. Try
  caredesk --db {file}
  caredesk --db {file} package list
  caredesk --db {file} find winterborne
  caredesk --db {file} --as rosa referral list"
    ))
}

struct Town<'a> {
    stage: &'a Stage<'a>,
    at: DateTime<Utc>,
    /// By the names that the script gives them.
    codes: BTreeMap<&'static str, String>,
}

impl Town<'_> {
    /// A time, or a command at the time that has come.
    fn live(&mut self, line: &'static str) -> Result<()> {
        if let Some(when) = line.strip_prefix("day ") {
            self.at =
                self.instant(when).ok_or_else(|| Error::internal(format!("the town has no `{when}`")))?;
            return Ok(());
        }
        let (name, command) = match line.split_once(" = ") {
            Some((name, command)) if !name.contains(' ') => (Some(name), command),
            _ => (None, line),
        };
        let words = self.words(command)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let at = self.at.min(self.stage.now());
        let code = self.stage.first_code_at(&words, Some(at)).map_err(|error| error.detail("line", line));
        self.at += TimeDelta::minutes(MINUTES);
        match name {
            Some(name) => drop(self.codes.insert(name, code?)),
            None => or_partly(code.map(drop))?,
        }
        Ok(())
    }

    /// `-56 09:00`: a day counted from today, and the time on the clocks of the town.
    fn instant(&self, when: &str) -> Option<DateTime<Utc>> {
        let (days, time) = when.split_once(' ')?;
        let zone = Stage::zone().ok()?;
        let today = self.stage.now().with_timezone(&zone).date_naive();
        let day = today.checked_sub_days(Days::new(days.strip_prefix('-')?.parse().ok()?))?;
        time::instant(day.and_time(NaiveTime::parse_from_str(time, "%H:%M").ok()?), zone).ok()
    }

    /// Split as a shell would, with the codes in the place of their names.
    fn words(&self, command: &str) -> Result<Vec<String>> {
        let folder = self.stage.folder.display().to_string();
        let words =
            shlex::split(command).ok_or_else(|| Error::internal(format!("the town has no `{command}`")))?;
        let known = self.codes.iter().map(|(name, code)| (*name, code)).chain([("folder", &folder)]);
        let known: Vec<(String, &String)> =
            known.map(|(name, value)| (format!("{{{name}}}"), value)).collect();
        let filled = |word: String| known.iter().fold(word, |word, (name, value)| word.replace(name, value));
        Ok(words.into_iter().map(filled).collect())
    }
}
