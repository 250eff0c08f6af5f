//! Who is asked when (rule 1.13): `--provider a --then b c --after 4h --then d --at "monday 9:00" --answer-by 2d`.

use clap::error::Error as ClapError;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, value_parser};

use crate::commands::prelude::*;
use crate::model::package::{Ask, Wave, plan};
use crate::model::span::{When, span};
use crate::model::time::Moment;

#[derive(Args)]
pub(super) struct Timing {
    #[command(flatten)]
    waves: Waves,
    /// The time to answer by: 4h, 2d, "tomorrow 17:00"; what is not answered then has lapsed [default: no end]
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    answer_by: Option<When>,
}

/// Clap knows no pairs of options, so each group of providers finds the time that follows it by their places on the line.
struct Waves {
    groups: Vec<Group>,
    times: Vec<(usize, When)>,
}

struct Group {
    first: usize,
    last: usize,
    providers: Vec<Reference>,
}

const THEN: &str = "then";
const AFTER: &str = "after";
const AT: &str = "at";

impl Args for Waves {
    fn augment_args(command: Command) -> Command {
        let then = Arg::new(THEN).long(THEN).value_name("PROVIDER").num_args(1..).action(ArgAction::Append);
        let after = Arg::new(AFTER).long(AFTER).value_name("SPAN").action(ArgAction::Append).requires(THEN);
        let at = Arg::new(AT).long(AT).value_name("WHEN").action(ArgAction::Append).requires(THEN);
        let at = at.allow_hyphen_values(true);
        command
            .arg(then.value_parser(value_parser!(Reference)).help(
                "Providers to ask later, if none has accepted by then; followed by `--after` or `--at`",
            ))
            .arg(
                after
                    .value_parser(span)
                    .help("When those of the `--then` before it are asked, from now: 4h, 1d"),
            )
            .arg(
                at.value_parser(value_parser!(Moment))
                    .help("When those of the `--then` before it are asked: \"tomorrow 9:00\""),
            )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Waves {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, ClapError> {
        let mut places = matches.indices_of(THEN).into_iter().flatten();
        let mut groups = Vec::new();
        for group in matches.get_occurrences::<Reference>(THEN).into_iter().flatten() {
            let providers: Vec<Reference> = group.cloned().collect();
            let places: Vec<usize> = places.by_ref().take(providers.len()).collect();
            if let (Some(first), Some(last)) = (places.first(), places.last()) {
                groups.push(Group { first: *first, last: *last, providers });
            }
        }
        let spans = matches.get_many(AFTER).into_iter().flatten().copied().map(When::In);
        let moments = matches.get_many(AT).into_iter().flatten().copied().map(When::At);
        let after = matches.indices_of(AFTER).into_iter().flatten().zip(spans);
        let at = matches.indices_of(AT).into_iter().flatten().zip(moments);
        Ok(Waves { groups, times: after.chain(at).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), ClapError> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Waves {
    /// Each group with its time, which stands behind it and before the next one.
    fn paired(&self) -> Result<Vec<(&[Reference], When)>> {
        let mut paired = Vec::with_capacity(self.groups.len());
        for (number, group) in self.groups.iter().enumerate() {
            let next = self.groups.get(number + 1).map_or(usize::MAX, |next| next.first);
            let mut times = self.times.iter().filter(|(place, _)| (group.last..next).contains(place));
            match (times.next(), times.next()) {
                (Some((_, when)), None) => paired.push((group.providers.as_slice(), *when)),
                _ => return Err(unpaired()),
            }
        }
        if paired.len() == self.times.len() { Ok(paired) } else { Err(unpaired()) }
    }
}

fn unpaired() -> Error {
    Error::usage("each `--then` is followed by one time, with `--after` or `--at`")
        .hint("such as `--provider A --then B C --after 4h --then D --after 1d`")
}

impl Timing {
    /// Whether others are asked later.
    pub(super) fn has_waves(&self) -> bool {
        !self.waves.groups.is_empty()
    }

    /// Those who are asked first, and the waves. `known` is the time to answer by where the command line gives none, if that is still
    /// to come.
    pub(super) fn plan(
        &self, context: &Context, tx: &mut Tx<'_>, first: Vec<Ask>, known: Option<DateTime<Utc>>,
    ) -> Result<Vec<Ask>> {
        let mut waves = Vec::new();
        for (providers, when) in self.waves.paired()? {
            let opens_at = resolve(context, when, "offer.opens_at")?;
            let providers = store::lookup_many::<Provider>(tx, providers, context.visibility())?;
            waves.push(Wave { opens_at, providers });
        }
        let answer_by = self.answer_by.map(|when| resolve(context, when, "offer.lapses_at")).transpose()?;
        let known = known.filter(|at| *at > context.now());
        plan(first, waves, answer_by.or(known), context.now(), context.zone)
    }
}

fn resolve(context: &Context, when: When, code: &'static str) -> Result<DateTime<Utc>> {
    context.say_which(when.twice(context.today, context.zone));
    when.resolve(context.now(), context.today, context.zone).map_err(|why| Error::invalid(code, why))
}
