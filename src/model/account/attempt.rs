//! Attempts to act as an account by its password. After some wrong ones the next has to wait (rule 2.10).

use chrono::TimeDelta;

use crate::model::prelude::*;

/// One attempt, as another finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) at: DateTime<Utc>,
    /// Whether it was for the same login.
    pub(crate) of_login: bool,
    /// Whether it was made by the same operating-system user.
    pub(crate) by_user: bool,
    pub(crate) is_right: bool,
}

/// How long an attempt counts.
pub(crate) const COUNTED: TimeDelta = TimeDelta::hours(1);

/// How many wrong passwords cost no time, and how many seconds one costs at most.
struct Limit {
    free: usize,
    most: i64,
}

const OF_LOGIN: Limit = Limit { free: 5, most: 60 };
/// Portal accounts may share a user, so that one cannot keep the others out for long.
const BY_USER: Limit = Limit { free: 50, most: 10 };

/// Whether nothing was wrong lately that the next attempt should be recorded for before it is made.
pub(crate) fn is_clean(recent: &[Attempt]) -> bool {
    of_login(recent).next().is_none() && by_user(recent).count() < BY_USER.free / 2
}

/// Until when the next attempt has to wait. `recent` begins with the newest.
pub(crate) fn waits_until(recent: &[Attempt]) -> Option<DateTime<Utc>> {
    OF_LOGIN.until(of_login(recent)).max(BY_USER.until(by_user(recent)))
}

/// The wrong ones for the login since the last right one.
fn of_login(recent: &[Attempt]) -> impl Iterator<Item = &Attempt> {
    recent.iter().filter(|attempt| attempt.of_login).take_while(|attempt| !attempt.is_right)
}

/// The wrong ones by the user, who may know one password and guess others: a right one ends nothing.
fn by_user(recent: &[Attempt]) -> impl Iterator<Item = &Attempt> {
    recent.iter().filter(|attempt| attempt.by_user && !attempt.is_right)
}

impl Limit {
    fn until<'a>(&self, mut wrong: impl Iterator<Item = &'a Attempt>) -> Option<DateTime<Utc>> {
        let last = wrong.next()?;
        let over = (wrong.count() + 1).checked_sub(self.free)?;
        let seconds = 1_i64.checked_shl(u32::try_from(over).ok()?).filter(|seconds| *seconds > 0);
        Some(last.at + TimeDelta::seconds(seconds.unwrap_or(self.most).min(self.most)))
    }
}

view! {
    /// A wrong password.
    pub(crate) struct FailedLogin("audit", |view| view.login.clone().unwrap_or_default()) {
        @id: AttemptId,
        at: DateTime<Utc> => Instant,
        /// None if no account has the login that was given, which is not kept: it may be a password in the wrong place.
        login: Option<String> => Login,
        /// The user of the operating system.
        user: String => Code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(count: usize, of_login: bool, by_user: bool) -> Vec<Attempt> {
        vec![Attempt { at: DateTime::UNIX_EPOCH, of_login, by_user, is_right: false }; count]
    }

    fn seconds(recent: &[Attempt]) -> Option<i64> {
        waits_until(recent).map(|until| until.timestamp())
    }

    #[test]
    fn each_wrong_password_of_a_login_doubles_the_wait() {
        let waits: Vec<_> = (3..=13).map(|count| seconds(&wrong(count, true, false))).collect();
        let expected = [
            None,
            None,
            Some(1),
            Some(2),
            Some(4),
            Some(8),
            Some(16),
            Some(32),
            Some(60),
            Some(60),
            Some(60),
        ];
        assert_eq!(waits, expected);
        assert_eq!(seconds(&wrong(200, true, true)), Some(60), "never longer");
    }

    #[test]
    fn a_user_has_more_tries_and_waits_less() {
        assert_eq!(seconds(&wrong(49, false, true)), None);
        assert_eq!(seconds(&wrong(200, false, true)), Some(10));
    }

    #[test]
    fn a_right_password_ends_the_wait_of_its_login_alone() {
        let mut recent = wrong(200, true, true);
        recent[0].is_right = true;
        assert_eq!(seconds(&recent), Some(10));
        let of_another: Vec<_> =
            recent.iter().map(|attempt| Attempt { by_user: false, ..*attempt }).collect();
        assert_eq!(seconds(&of_another), None);
    }
}
