//! Acting by a password: guessing is slow, and leaves a trace (rule 2.10).

use chrono::TimeDelta;

use super::Run;
use super::password::{self, Given};
use crate::db::{Db, Ending, READ_ONLY};
use crate::error::{Error, Kind, Result};
use crate::model::account::Account;
use crate::model::account::attempt::{is_clean, waits_until};
use crate::model::text::counted;
use crate::store::attempt::{self, NewAttempt};

/// What a given password is. A wrong one is recorded, and refuses the next for a while after some of them; what is done, and
/// how long it takes, is the same whatever is wrong. Where nothing was wrong lately, a right one writes nothing, and so
/// needs no lock.
pub(super) fn verify(
    run: &Run, db: &mut Db, login: &str, account: Option<&Account>, given: &str,
) -> Result<Given> {
    let now = run.clock.now();
    let new = NewAttempt {
        id: run.keys.borrow().aside(now),
        at: now,
        login,
        known_login: account.map(|account| account.login.as_str()),
        user: &run.identity.user,
    };
    let verified = || password::verify(account, given, run.now);
    if is_clean(&db.read(|tx| attempt::recent(tx, &new))?) {
        let what = verified();
        if what == Given::Wrong {
            or_unwritable(db.write(Ending::Commit, |tx| attempt::insert(tx, &new)))?;
        }
        return Ok(what);
    }
    // Written first, so that attempts which are made at the same time count for each other.
    let recorded = db.write(Ending::Commit, |tx| {
        if let Some(until) = waits_until(&attempt::recent(tx, &new)?).filter(|until| *until > now) {
            return Err(too_many(until - now));
        }
        attempt::insert(tx, &new)
    });
    or_unwritable(recorded)?;
    let what = verified();
    if what != Given::Wrong {
        or_unwritable(db.write(Ending::Commit, |tx| attempt::set_right(tx, new.id)))?;
    }
    Ok(what)
}

/// A copy that cannot be written keeps no trace. Who reads it could try as many passwords without this program.
fn or_unwritable(recorded: Result<()>) -> Result<()> {
    recorded.or_else(|error| if error.code() == READ_ONLY { Ok(()) } else { Err(error) })
}

fn too_many(wait: TimeDelta) -> Error {
    let seconds = counted((wait + TimeDelta::milliseconds(999)).num_seconds(), "second", "seconds");
    Error::new(Kind::Denied, "actor.wait", format!("there were too many wrong passwords: wait {seconds}"))
}
