//! Seals that the trail has to go on from (rule 7.73).

use crate::commands::prelude::*;
use crate::interchange::seal::{self, KnownKey, Seal, Seals};
use crate::model::audit::{Chain, hex};

#[derive(Args)]
pub(super) struct Since {
    /// The file with the seals that the trail has to go on from; `-` is standard input
    #[arg(long, value_name = "FILE|-", value_hint = clap::ValueHint::FilePath, conflicts_with = "head")]
    since: Option<Input>,
    /// The file with the key that made them, public or private; with several, any of them [env: `CAREDESK_SEAL_KEY`]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, requires = "since")]
    key: Vec<Input>,
}

/// The seals of a file, all of them made with a key that counts.
pub(super) struct Sought {
    name: String,
    seals: Vec<Seal>,
}

impl Since {
    /// None if none are named.
    pub(super) fn sought(&self, context: &Context) -> Result<Option<Sought>> {
        let Some(input) = &self.since else { return Ok(None) };
        let Seals { all, is_cut } = seal::read(input, &self.keys(context)?)?;
        if is_cut {
            context
                .out
                .warn(&format!("the last seal in `{}` is not whole, and does not count", input.name()));
        }
        Ok(Some(Sought { name: input.name(), seals: all }))
    }

    fn keys(&self, context: &Context) -> Result<Vec<KnownKey>> {
        if !self.key.is_empty() {
            let keys: Result<Vec<Vec<KnownKey>>> = self.key.iter().map(KnownKey::read).collect();
            return Ok(keys?.concat());
        }
        let own = context.seal_key.as_deref().map(KnownKey::beside).transpose()?.flatten();
        own.ok_or_else(|| {
            Error::usage("it is not known which key makes a seal count")
                .hint("name the public half of the key with `--key`; `caredesk audit seal` said where it is")
        })
    }
}

impl Sought {
    pub(super) fn entries(&self) -> impl Iterator<Item = i64> {
        self.seals.iter().map(|seal| seal.sealed.entries)
    }

    pub(super) fn count(&self) -> i64 {
        i64::try_from(self.seals.len()).unwrap_or(i64::MAX)
    }

    /// The seal of the longest trail.
    pub(super) fn newest(&self) -> &Seal {
        self.seals.iter().max_by_key(|seal| seal.sealed.entries).unwrap_or(&self.seals[0])
    }

    /// Refused if they are of another database, which begins with another entry.
    pub(super) fn must_be_of(&self, context: &Context, origin: &str) -> Result<()> {
        let Some(other) = self.seals.iter().find(|seal| seal.sealed.origin != origin) else { return Ok(()) };
        let message = format!(
            "{} is of another database, `{}`, whose audit trail begins with another entry",
            self.words_of(context, other),
            other.sealed.database
        );
        Err(Error::new(Kind::Environment, "audit.of_another", message).hint(
            "name the database that they are of with `--db`; if this is its name, it was replaced by another",
        ))
    }

    /// Refused if the trail does not have the entry that one of them ends with.
    pub(super) fn must_hold(&self, context: &Context, chain: &Chain) -> Result<()> {
        let holds = |seal: &&Seal| {
            chain.marked.get(&seal.sealed.entries).is_some_and(|hash| hex(hash) == seal.sealed.head)
        };
        let Some(lost) = self.seals.iter().find(|seal| !holds(seal)) else { return Ok(()) };
        let seal = self.words_of(context, lost);
        let entries = lost.sealed.entries;
        let what = if chain.marked.contains_key(&entries) {
            format!("entry {entries} of the audit trail is another than that with which {seal} ends")
        } else {
            let there = counted(chain.entries, "entry", "entries");
            format!("the audit trail has {there}, and {} less than {seal} says", entries - chain.entries)
        };
        let still = self.seals.iter().filter(holds).map(|seal| seal.sealed.entries).max();
        let until = still.map_or_else(
            || "no seal of this file still holds".to_owned(),
            |entries| format!("until entry {entries} it is as a seal says"),
        );
        let server = context.server_state()?;
        let why = server.zip(lost.sealed.server.as_ref()).and_then(|(now, then)| now.changed_since(then));
        let why = why.unwrap_or_else(|| {
            "entries were cut off, the trail was written anew, or an older copy of the database took its place"
                .to_owned()
        });
        Err(Error::new(Kind::Environment, "audit.not_continued", what)
            .hint(format!("{why}; {until}: compare it with a backup"))
            .detail("entries", entries)
            .detail("line", i64::try_from(lost.line).unwrap_or(i64::MAX))
            .detail("still", still))
    }

    /// ` It goes on from the 3 seals of `FILE`, the last of entry 48 (2026-11-28 10:00).`
    pub(super) fn words(&self, context: &Context) -> String {
        let newest = &self.newest().sealed;
        let at = context.zone.local(newest.sealed_at);
        let all = counted(self.count(), "seal", "seals");
        format!(" It goes on from the {all} of `{}`, up to entry {} of {at}.", self.name, newest.entries)
    }

    fn words_of(&self, context: &Context, seal: &Seal) -> String {
        let at = context.zone.local(seal.sealed.sealed_at);
        format!("the seal of {at} (`{}`, line {})", self.name, seal.line)
    }
}
