//! `find`: whatever a text may mean, of all that the actor sees, in one list.

mod people;
mod things;

use crate::commands::prelude::*;
use crate::context::ContactLook;
use crate::model::find::{Asked, Found, FoundKind, Side};
use crate::model::text::shell_word;

/// How many are shown unasked.
const LIMIT: i64 = 20;

/// What these commands print with `-o json`.
pub(crate) fn schema(schemas: &mut output::Schemas) {
    schemas.lists::<Found>();
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk find hohenberg maria
  $ caredesk find 01632 960142
  $ caredesk find maria 12 Nov 1950 --kind client
  $ caredesk find PKG-7K

A text may be names or their beginnings in any order, former names too, a phone, a birth date, a postal code, a code or its
beginning, the number of a contact, an id of another system, a reference, a login or an e-mail address.")]
pub(crate) struct Find {
    /// What is searched for
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// Only things of this kind; may be repeated
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<FoundKind>,
    /// Show at most this many, the best first
    #[arg(long, value_name = "N", default_value_t = LIMIT, value_parser = clap::value_parser!(i64).range(1..=1000))]
    limit: i64,
}

/// What was found so far, and for whom.
struct Finder<'a> {
    context: &'a Context,
    asked: Asked,
    kinds: &'a [FoundKind],
    /// One more than is shown, which tells that there are more.
    limit: i64,
    found: Vec<Found>,
}

pub(crate) fn run(context: &Context, command: &Find) -> Result<()> {
    let reference: Reference = command.text.join(" ").parse().map_err(Error::usage)?;
    let mut list = context.out.list::<Found>()?;
    let is_look = context.shows_any::<Found>(&["name", "matched"])?;
    let (found, is_more) = context.read_contacts("client.read", "find", |tx| {
        let mut finder = Finder {
            context,
            asked: Asked::new(reference.clone()),
            kinds: &command.kinds,
            limit: command.limit + 1,
            found: Vec::new(),
        };
        people::find(tx, &mut finder)?;
        things::find(tx, &mut finder)?;
        let (found, is_more) = finder.best(command.limit);
        let looks = if is_look { looks(context, tx, &found)? } else { Vec::new() };
        Ok(((found, is_more), looks))
    })?;
    for one in &found {
        if !list.row(one)? {
            return Ok(());
        }
    }
    list.end("nothing fits; less of the text, or the beginning of a word, finds more")?;
    if is_more {
        context.out.note("more fits: more of the text, `--kind` or `--limit` shows others");
    }
    Ok(())
}

impl Finder<'_> {
    fn wants(&self, kind: FoundKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Adds a thing, if it fits. `code` is what means it in the command.
    fn add(&mut self, kind: FoundKind, code: &str, name: Option<String>, sides: &[Side], command: &[&str]) {
        self.found.extend(self.fitting(kind, code, name, sides, command));
    }

    /// The thing, if it fits.
    fn fitting(
        &self, kind: FoundKind, code: &str, name: Option<String>, sides: &[Side], command: &[&str],
    ) -> Option<Found> {
        let (fit, matched) = self.asked.fit(sides)?;
        let words: Vec<String> = command.iter().map(|word| shell_word(word)).collect();
        let command = format!("caredesk {}", words.join(" "));
        Some(Found { fit, seen: None, kind, code: code.to_owned(), name, matched, command })
    }

    /// The best first, and whether there are more.
    fn best(self, limit: i64) -> (Vec<Found>, bool) {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut found = self.found;
        let key =
            |one: &Found| (one.fit, one.kind, one.name.as_deref().map(text::fold_name), one.code.clone());
        found.sort_by_cached_key(key);
        let is_more = found.len() > limit;
        found.truncate(limit);
        (found, is_more)
    }
}

/// Who shows a provider whose visits it has, by name, looks at contact details (rule 1.12).
fn looks(context: &Context, tx: &mut Tx<'_>, found: &[Found]) -> Result<Vec<ContactLook>> {
    let Some(account) = context.visibility().account() else { return Ok(Vec::new()) };
    let since = context.contacts_since(tx)?;
    let seen = found.iter().filter_map(|one| Some((one.seen?, one.code.as_str())));
    ContactLook::at_clients(tx, account, since, seen)
}
