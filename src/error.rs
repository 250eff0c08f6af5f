//! The error of the program: a kind, which fixes the exit status, a stable code for scripts, a message for
//! people, a hint that says what to do, and the source. A leaf: it imports nothing of ours.

use std::fmt;

use serde_json::{Map, Value, json};

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

/// The kind of an error. Scripts branch on the exit status, so no number is ever reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An error in the program or the machine.
    Internal,
    /// The command line is wrong, or a question cannot be asked without a terminal.
    Usage,
    /// No such thing, or not visible to this actor: the two are the same to the byte.
    NotFound,
    /// A rule or the present state forbids it.
    Refused,
    /// A value or a file holds bad data; nothing was written.
    Invalid,
    /// This actor may see it but not do it.
    Denied,
    /// Locked, connection lost, or serialisation failed. Repeating is always safe.
    Busy,
    /// No database, schema too new, corrupt, wrong file mode.
    Environment,
    /// `--keep-going`: some rows were written, some rejected.
    Partial,
    /// The question was answered with no.
    Cancelled,
    /// `--dry-run --exit-code`: something would change.
    WouldChange,
    /// Ctrl-C; everything was rolled back.
    Interrupted,
}

impl Kind {
    const ALL: [Kind; 12] = [
        Kind::Internal,
        Kind::Usage,
        Kind::NotFound,
        Kind::Refused,
        Kind::Invalid,
        Kind::Denied,
        Kind::Busy,
        Kind::Environment,
        Kind::Partial,
        Kind::Cancelled,
        Kind::WouldChange,
        Kind::Interrupted,
    ];

    pub(crate) fn exit_status(self) -> u8 {
        self.status_and_name().0
    }

    /// None of success.
    pub(crate) fn of_exit_status(status: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.exit_status() == status)
    }

    pub(crate) fn name(self) -> &'static str {
        self.status_and_name().1
    }

    fn status_and_name(self) -> (u8, &'static str) {
        match self {
            Kind::Internal => (1, "internal"),
            Kind::Usage => (2, "usage"),
            Kind::NotFound => (3, "not_found"),
            Kind::Refused => (4, "refused"),
            Kind::Invalid => (5, "invalid"),
            Kind::Denied => (6, "denied"),
            Kind::Busy => (7, "busy"),
            Kind::Environment => (8, "environment"),
            Kind::Partial => (9, "partial"),
            Kind::Cancelled => (10, "cancelled"),
            Kind::WouldChange => (11, "would_change"),
            Kind::Interrupted => (130, "interrupted"),
        }
    }
}

/// Boxed, so that a `Result`, which is nearly always `Ok`, stays small.
#[derive(Debug)]
pub(crate) struct Error(Box<Parts>);

#[derive(Debug)]
struct Parts {
    kind: Kind,
    code: &'static str,
    message: String,
    hint: Option<String>,
    details: Map<String, Value>,
    source: Option<anyhow::Error>,
}

impl Error {
    /// `code` is `noun.reason` and never changes once released; `message` is lower case, without a full stop,
    /// and names the thing in backticks.
    pub(crate) fn new(kind: Kind, code: &'static str, message: impl Into<String>) -> Self {
        let (message, details) = (message.into(), Map::new());
        Error(Box::new(Parts { kind, code, message, hint: None, details, source: None }))
    }

    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Error::new(Kind::Internal, "internal", message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Error::new(Kind::Usage, "usage", message)
    }

    pub(crate) fn not_found(code: &'static str, message: impl Into<String>) -> Self {
        Error::new(Kind::NotFound, code, message)
    }

    pub(crate) fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Error::new(Kind::Refused, code, message)
    }

    pub(crate) fn invalid(code: &'static str, message: impl Into<String>) -> Self {
        Error::new(Kind::Invalid, code, message)
    }

    /// What to do next; names a command if there is one.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// A value for scripts, apart from the message.
    pub(crate) fn detail(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.details.insert(key.to_owned(), value.into());
        self
    }

    /// The error of what stands in this place, such as a line of a file.
    pub(crate) fn at(mut self, place: &str) -> Self {
        self.0.message = format!("{place}: {}", self.0.message);
        self
    }

    /// The error with what it leaves behind: `…; nothing was changed`.
    pub(crate) fn ending(mut self, ending: &str) -> Self {
        self.0.message = format!("{}; {ending}", self.0.message);
        self
    }

    /// The source of the error. The message names the reason that matters to people.
    pub(crate) fn because(mut self, source: impl Into<anyhow::Error>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The causes, the nearest first.
    pub(crate) fn causes(&self) -> Vec<String> {
        self.0.source.iter().flat_map(|source| source.chain()).map(ToString::to_string).collect()
    }

    /// The text given to [`Error::detail`] under this key.
    pub(crate) fn detail_text(&self, key: &str) -> Option<&str> {
        self.0.details.get(key)?.as_str()
    }

    pub(crate) fn kind(&self) -> Kind {
        self.0.kind
    }

    pub(crate) fn code(&self) -> &'static str {
        self.0.code
    }

    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    pub(crate) fn hint_text(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The error as `-o json` and `-o jsonl` print it on stderr, on one line.
    pub(crate) fn to_json(&self) -> Value {
        let Parts { kind, code, message, hint, details, source } = &*self.0;
        let mut details = details.clone();
        if source.is_some() {
            details.insert("causes".to_owned(), self.causes().into());
        }
        json!({"error": {"kind": kind.name(), "code": code, "message": message, "hint": hint, "details": details}})
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}

/// An internal error from the contexts and the first cause of an `anyhow` error. An [`Error`] inside is
/// returned as it is.
impl From<anyhow::Error> for Error {
    fn from(source: anyhow::Error) -> Self {
        source.downcast().unwrap_or_else(|source| Error::internal(format!("{source:#}")).because(source))
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    fn missing() -> std::io::Error {
        std::io::Error::new(std::io::ErrorKind::NotFound, "no such file")
    }

    #[test]
    fn a_context_and_its_cause_become_one_message_and_a_list_of_causes() {
        let failed: Result<(), _> = Err(missing());
        let error = Error::from(failed.context("the font cannot be read").context("no page").unwrap_err());
        assert_eq!((error.kind(), error.code()), (Kind::Internal, "internal"));
        assert_eq!(error.message(), "no page: the font cannot be read: no such file");
        assert_eq!(error.causes(), ["no page", "the font cannot be read", "no such file"]);
        assert_eq!(error.to_json()["error"]["details"]["causes"][2], "no such file");
    }

    #[test]
    fn an_error_of_ours_keeps_its_kind_and_code() {
        let ours = Error::refused("package.accepted", "it was accepted").because(missing());
        let error = Error::from(anyhow::Error::new(ours));
        assert_eq!((error.kind(), error.code()), (Kind::Refused, "package.accepted"));
        assert_eq!(error.causes(), ["no such file"]);
        assert!(std::error::Error::source(&error).is_some());
        let without = Error::usage("no").to_json();
        assert_eq!(without["error"]["details"], json!({}), "what has no cause lists none");
    }
}
