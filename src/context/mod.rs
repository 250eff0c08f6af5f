//! What one run uses: the database, the instant and local date of this run, the actor, the output, the
//! questions.

mod active;
mod actor;
mod alert;
mod alert_clock;
mod attempt;
mod audited;
mod change;
mod clock;
mod confirm;
mod connection;
mod contact_look;
mod document;
mod duplicates;
mod even_so;
mod files;
mod form;
mod former_label;
mod goes_on;
mod held;
mod history;
mod import;
mod keys;
mod line;
mod logins;
pub(crate) mod named;
mod operation;
mod own;
mod paper;
mod password;
mod past;
mod period;
mod pipeline;
mod planned;
mod printed;
mod read;
mod register;
mod repeat;
mod rows;
mod server;
mod sight;
mod signature;
mod signer;
mod state;
mod switch;
mod together;
mod trail;
mod visit_warning;
mod wall_clock;
mod watch;

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::ops::Deref;
use std::path::PathBuf;
use std::rc::Rc;

pub(crate) use active::must_be_active;
pub(crate) use actor::Identity;
pub(crate) use alert::Audience;
pub(crate) use audited::Audited;
pub(crate) use change::{Change, Question};
use chrono::{DateTime, NaiveDate, Utc};
pub(crate) use clock::Clock;
pub(crate) use confirm::changed_meanwhile;
pub(crate) use connection::Connection;
pub(crate) use contact_look::{ContactLook, Holder};
pub(crate) use document::copy_document;
pub(crate) use duplicates::duplicates;
pub(crate) use even_so::EvenSo;
pub(crate) use form::{Form, blank};
pub(crate) use goes_on::goes_on;
pub(crate) use import::{EntryWriter, ImportArgs, ImportRun};
pub(crate) use keys::{Keys, operation_key as new_operation_key};
pub(crate) use line::{How, Interpreter, Look, Ran};
pub(crate) use operation::{Explained, Meant, explain_operation, operations};
pub(crate) use password::{hash_password, read_new_password};
pub(crate) use past::At;
use past::Past;
pub(crate) use period::{Aged, Period};
pub(crate) use pipeline::pipeline;
pub(crate) use planned::{everything_planned, planned};
pub(crate) use printed::Looks;
pub(crate) use repeat::LineThings;
pub(crate) use rows::{Creators, EachRow, Known, RowImport, Seen};
pub(crate) use signature::Signature;
pub(crate) use signer::Signer;
pub(crate) use switch::Switch;
pub(crate) use together::Together;
use trail::Trail;
pub(crate) use visit_warning::names_in_note;
pub(crate) use watch::{Pause, Watch};

pub(crate) use crate::db::health;
pub(crate) use crate::db::{Tx, duration};
pub(crate) use held::held;

use crate::db::{self, Db, Ending, Location, PasswordFiles, Paused, Upgrade};
use crate::error::{Error, Kind, Result};
use crate::id::Id;
use crate::model::account::Actor;
use crate::model::account::first_password::Randomness;
use crate::model::code::Prefix;
use crate::model::operation_key::{CommandWords, OperationKey};
use crate::model::reference::code_of;
use crate::model::view::View;
use crate::model::visibility::Visibility;
use crate::model::zone::Zone;
use crate::output::{self, List, Output};
use crate::store;

/// What the command line, the environment and the clock say about a run.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) location: Location,
    /// Where the passwords of other servers are found.
    pub(crate) passwords: PasswordFiles,
    /// Whether that is the database of runs that name none; questions name any other.
    pub(crate) is_usual: bool,
    /// When the run began, cut to milliseconds, the grain of everything stored.
    pub(crate) now: DateTime<Utc>,
    /// What tells the present instant, for changes and for the few runs that wait for other systems.
    pub(crate) clock: Clock,
    /// `--even-so`: to go on although the clock seems wrong.
    pub(crate) even_so: bool,
    pub(crate) mail_settings: MailSettings,
    /// The file of the key of seals; there need not be one.
    pub(crate) seal_key: Option<PathBuf>,
    pub(crate) identity: Identity,
    pub(crate) out: Output,
    pub(crate) keys: Rc<RefCell<Keys>>,
    /// What a run within another works on.
    pub(crate) connection: Option<Connection>,
    /// Whether it is a line of a shell, by itself and with a person before it.
    pub(crate) is_of_shell: bool,
    /// Whether only portal accounts may act, who learn nothing of the machine (rule 7.53).
    pub(crate) is_portal: bool,
    /// `--operation-key`: that of one change.
    pub(crate) operation_key: Option<OperationKey>,
    /// `--at`: the past that is asked for.
    pub(crate) at: Option<At>,
    pub(crate) command: CommandWords,
    pub(crate) yes: bool,
    pub(crate) dry_run: bool,
    /// Whether files that are written may replace others.
    pub(crate) overwrite: bool,
    /// `--exit-code`: the exit status of a dry run tells whether something would change.
    pub(crate) tells_by_exit_status: bool,
    /// Whether questions may be asked.
    pub(crate) may_ask: bool,
}

/// The settings of mail from the environment.
#[derive(Clone, Debug, Default)]
pub(crate) struct MailSettings {
    /// `CAREDESK_SMTP`: the address of a mail server, maybe with a password.
    pub(crate) server: Option<String>,
    /// `CAREDESK_SMTP_FROM`.
    pub(crate) from: Option<String>,
}

/// A run with its database and its actor; dereferences to the run.
pub(crate) struct Context {
    run: Run,
    pub(crate) today: NaiveDate,
    pub(crate) zone: Zone,
    pub(crate) actor: Actor,
    past: Past,
    /// What opening the database did to its schema; none for a new database.
    pub(crate) upgrade: Option<Upgrade>,
    /// Whether the actor gave a first password, and so may only set another.
    is_first: bool,
    has_changed: Cell<bool>,
    db: Connection,
    signature: Signature,
    /// The instant of the present transaction.
    instant: Cell<DateTime<Utc>>,
    /// The end of the audit trail in the present transaction.
    trail: RefCell<Option<Trail>>,
    /// What was said of local times that come twice.
    said_of_times: RefCell<Vec<String>>,
}

impl Deref for Context {
    type Target = Run;

    fn deref(&self) -> &Run {
        &self.run
    }
}

impl Context {
    /// Opens the database, unless that is done, and finds the actor. Environment and denied errors.
    pub(crate) fn open(mut run: Run) -> Result<Context> {
        let (db, upgrade) = if let Some(connection) = run.connection.clone() {
            (connection, None)
        } else {
            let (db, upgrade) = Db::open(&run.location, store::derive)?;
            (Connection::from(db), Some(upgrade))
        };
        if let Some(note) = upgrade.as_ref().filter(|_| !run.is_portal).and_then(Upgrade::note) {
            run.out.note(&note);
        }
        run.tell_of_standby(&mut db.borrow_mut())?;
        let (zone, candidates) = db.borrow_mut().read(|tx| {
            let (newest, zone, candidates) = actor::first(tx, &run.identity)?;
            run.set_clock(tx, newest)?;
            Ok((zone, candidates))
        })?;
        let zone = zone.unwrap_or_else(Zone::utc);
        let (actor, is_first) = actor::resolve(&run, &db, candidates)?;
        if run.is_portal {
            actor::must_be_of_portal(&actor)?;
        }
        let past = Past::of(&mut run, &mut db.borrow_mut(), zone, &actor)?;
        let context = Context { past, upgrade, is_first, ..Context::with(run, db, zone, actor) };
        context.must_have_own_password()?;
        Ok(context)
    }

    /// Its database, for runs within it.
    pub(crate) fn connection(&self) -> Connection {
        self.db.clone()
    }

    /// For a shell that completes a line: an older database is not upgraded, and no password is tried, which would leave a trace.
    pub(crate) fn open_as_it_is(run: Run) -> Result<Context> {
        let mut db = Db::open_as_it_is(&run.location)?;
        let (_, zone, candidates) = db.read(|tx| actor::first(tx, &run.identity))?;
        let needs_password = candidates.needs_password();
        let actor = actor::known(&run.identity, candidates, needs_password)?;
        Ok(Context::with(run, db, zone.unwrap_or_else(Zone::utc), actor))
    }

    pub(crate) fn with(mut run: Run, db: impl Into<Connection>, zone: Zone, actor: Actor) -> Context {
        run.out.zone = zone;
        Context {
            signature: Signature::new(run.now, &actor),
            today: run.now.with_timezone(&zone).date_naive(),
            instant: Cell::new(run.now),
            trail: RefCell::default(),
            said_of_times: RefCell::default(),
            run,
            zone,
            actor,
            past: Past::default(),
            upgrade: None,
            is_first: false,
            has_changed: Cell::new(false),
            db: db.into(),
        }
    }

    /// What the actor may see.
    pub(crate) fn visibility(&self) -> Visibility {
        self.actor.visibility()
    }

    /// One snapshot for every query inside.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.db.borrow_mut().read(|tx| {
            tx.as_of(self.now(), self.today);
            self.go_back(tx)?;
            work(tx)
        })
    }

    /// Prints a list whose rows `work` reads, all in one snapshot; `nothing` is what an empty one says to people.
    pub(crate) fn list<T: View>(
        &self, nothing: &str, work: impl FnOnce(&mut Tx<'_>, &mut List<'_, T>) -> Result<()>,
    ) -> Result<()> {
        let mut list = self.out.list::<T>()?;
        self.read(|tx| {
            if list.shows_logins() && self.marks_logins() {
                self.mark_logins(tx)?;
            }
            work(tx, &mut list)
        })?;
        list.end(nothing)
    }

    /// One transaction. With `--dry-run` everything is done and then rolled back. `work` may run more than
    /// once.
    pub(crate) fn write<T>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.db.borrow_mut().write(self.ending(), |tx| {
            self.begin(tx)?;
            work(tx)
        })
    }

    /// How a transaction that changes something ends.
    fn ending(&self) -> Ending {
        if self.dry_run { Ending::Rollback } else { Ending::Commit }
    }

    /// The same, and all is rolled back: what would be.
    pub(crate) fn rehearse<T>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let tried = self.db.borrow_mut().write(Ending::Rollback, |tx| {
            self.begin(tx)?;
            work(tx)
        });
        tried.map_err(read::or_cannot_try)
    }

    /// For commands that maintain the database.
    pub(crate) fn with_database<T>(&self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        work(&mut self.db.borrow_mut())
    }

    /// A new row id. Ids of one run sort in order of creation.
    pub(crate) fn key<N>(&self) -> Id<N> {
        self.keys.borrow_mut().key(self.now())
    }

    /// The same for a thing of another instant, which sorts among those of that time.
    pub(crate) fn key_at<N>(&self, at: DateTime<Utc>) -> Id<N> {
        self.keys.borrow_mut().key(at)
    }

    /// The random bytes of as many first passwords.
    pub(crate) fn for_passwords(&self, count: usize) -> Result<Vec<Randomness>> {
        self.keys.borrow_mut().for_passwords(count)
    }

    /// A new code, drawn again while it is taken.
    pub(crate) fn code(
        &self, prefix: Prefix, mut is_taken: impl FnMut(&str) -> Result<bool>,
    ) -> Result<String> {
        for _ in 0..100 {
            let code = self.keys.borrow_mut().code(prefix);
            if !is_taken(&code)? {
                return Ok(code);
            }
        }
        Err(Error::internal(format!("no free code `{}-…` was found in 100 tries", prefix.name())))
    }

    /// The code that a row of an import brings from another hub, where it is one of this kind; otherwise a new one. Refused
    /// if it is taken.
    pub(crate) fn code_of_row(
        &self, prefix: Prefix, brought: Option<&str>, mut is_taken: impl FnMut(&str) -> Result<bool>,
    ) -> Result<String> {
        let Some(code) = brought.and_then(|text| code_of(prefix, text)) else {
            return self.code(prefix, is_taken);
        };
        if is_taken(&code)? {
            return Err(Error::refused(
                "import.code_taken",
                format!("the code {code} belongs to another here"),
            ));
        }
        Ok(code)
    }

    /// Many new codes. `taken` returns which of those drawn are in use; it is asked about all at once, to
    /// save round trips to a server.
    pub(crate) fn codes(
        &self, prefix: Prefix, count: usize, mut taken: impl FnMut(&[String]) -> Result<Vec<String>>,
    ) -> Result<Vec<String>> {
        let mut seen: HashSet<String> = HashSet::with_capacity(count);
        let mut codes = Vec::with_capacity(count);
        while codes.len() < count {
            let mut drawn = Vec::with_capacity(count - codes.len());
            for _ in codes.len()..count {
                let code = self.code(prefix, |code| Ok(seen.contains(code)))?;
                seen.insert(code.clone());
                drawn.push(code);
            }
            let taken: HashSet<String> = taken(&drawn)?.into_iter().collect();
            codes.extend(drawn.into_iter().filter(|code| !taken.contains(code)));
        }
        Ok(codes)
    }

    /// What the program cannot explain may come of a damaged database, which is then the error.
    pub(crate) fn or_damage(&self, error: Error) -> Error {
        if error.kind() != Kind::Internal || error.code() == output::UNWRITABLE {
            return error;
        }
        match self.db.borrow_mut().first_damage() {
            Ok(None) => error,
            Ok(Some(damage)) => db::corrupt(&damage).because(error),
            Err(damage) => damage.because(error),
        }
    }

    /// Sets the exit status of a dry run with `--exit-code`.
    pub(crate) fn verdict(&self) -> Result<()> {
        if self.dry_run && self.tells_by_exit_status && self.has_changed.get() {
            return Err(Error::new(Kind::WouldChange, "would_change", "something would change"));
        }
        Ok(())
    }
}
