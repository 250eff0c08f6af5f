//! `resource find`: where to send a person, by words, by what directories say, by nearness.

use crate::commands::prelude::*;
use crate::model::resource::search::{FoundResource, Near, words};
use crate::model::text::fold_words;
use crate::model::time::Moment;
use crate::model::view::cloned;
use crate::store::resource::find::{self, Found, Search};
use crate::store::resource::shown::Shown;

/// How many a person is shown.
const FOR_PEOPLE: i64 = 20;

/// What is shown of so many is read at once.
const AT_ONCE: usize = 500;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk resource find meals
  $ caredesk resource find \"day centre\" --near \"M14 5TQ\" --language urdu
  $ caredesk resource find --category BD-1800 --open-at \"saturday 10:00\" \\
      --with-capacity")]
pub(super) struct Find {
    /// Words (or their beginnings) of the name, provider, categories or description
    text: Option<String>,
    /// Only resources of this category: a part of its name, or the beginning of its code
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Only resources that serve this area
    #[arg(long)]
    area: Option<String>,
    /// Only resources where this language is spoken: a part of its name, or its code
    #[arg(long)]
    language: Option<String>,
    /// Only resources that are open at this time
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    open_at: Option<Moment>,
    /// List the nearest to this postal code first; what only mentions the words comes last
    #[arg(long, value_name = "POSTCODE")]
    near: Option<String>,
    /// Only resources that take the referrals of this queue
    #[arg(long, value_name = "QUEUE")]
    queue: Option<Reference>,
    /// Only resources that report places left
    #[arg(long)]
    with_capacity: bool,
    /// Show at most this many [default: 20 for people, all for scripts]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..))]
    limit: Option<i64>,
}

pub(super) fn run(context: &Context, command: &Find) -> Result<()> {
    context.say_which(command.open_at.and_then(|at| at.twice(context.today, context.zone)));
    let open_at = command.open_at.map(|at| at.resolve(context.today, context.zone)).transpose();
    let open_at = open_at.map_err(Error::usage)?;
    let limit = command.limit.unwrap_or(if context.out.is_for_people() { FOR_PEOPLE } else { i64::MAX - 1 });
    context.list("no resources that take referrals fit", |tx, list| {
        let queue = store::lookup_id::<Queue>(tx, command.queue.as_ref(), context.visibility())?;
        let search = Search {
            words: words(&fold_words(command.text.as_deref().unwrap_or_default()))
                .map(str::to_owned)
                .collect(),
            category: command.category.clone(),
            area: command.area.clone(),
            language: command.language.clone(),
            open_at: open_at.map(|at| at.with_timezone(&context.zone).naive_local()),
            queue,
            with_capacity: command.with_capacity.then_some(context.now()),
            near: command.near.as_deref().map(|code| near(context, tx, code)).transpose()?,
        };
        let mut found = find::best(tx, &search, context.visibility(), limit + 1)?;
        let is_more = usize::try_from(limit).is_ok_and(|limit| found.len() > limit);
        if is_more {
            found.pop();
        }
        for some in found.chunks(AT_ONCE) {
            let ids: Vec<_> = some.iter().map(|one| one.id).collect();
            let shown = Shown::of(tx, &ids, context.now())?;
            for one in some {
                if !list.row(&view(one, &shown, search.near.as_ref()))? {
                    return Ok(());
                }
            }
        }
        if is_more && command.limit.is_none() {
            context.out.note(&format!("the best {limit} are shown; more words or `--limit` show others"));
        }
        Ok(())
    })
}

fn near(context: &Context, tx: &mut Tx<'_>, code: &str) -> Result<Near> {
    let near = find::near(tx, code)?;
    if near.place.is_none() {
        context.out.note(&format!(
            "no place in a directory has the postal code {code} and coordinates; the longest common beginning decides"
        ));
    }
    Ok(near)
}

fn view(found: &Found, shown: &Shown, near: Option<&Near>) -> FoundResource {
    cloned! { found => FoundResource {
        code, name, provider, provider_name, kind, description, postal_code,
        categories: shown.categories(found.id),
        phone: shown.phone(found.id),
        distance_km: found.kilometres_from(near),
        places_left: shown.room(found.id).map(|room| room.places_left),
        capacity_note: shown.room(found.id).and_then(|room| room.note.clone()),
    } }
}
