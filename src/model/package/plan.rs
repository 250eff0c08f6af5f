//! Who is asked when: at once or in waves, and until when an answer counts (rule 1.13).

use crate::model::prelude::*;
use crate::model::provider::Provider;

/// A provider that is to be offered a package.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) provider: Provider,
    /// From when on, if not at once.
    pub(crate) opens_at: Option<DateTime<Utc>>,
    /// The time to answer by.
    pub(crate) lapses_at: Option<DateTime<Utc>>,
}

impl Ask {
    pub(crate) fn at_once(provider: Provider) -> Self {
        Ask { provider, opens_at: None, lapses_at: None }
    }
}

/// Providers that are asked at a later time, if none has accepted by then.
pub(crate) struct Wave {
    pub(crate) opens_at: DateTime<Utc>,
    pub(crate) providers: Vec<Provider>,
}

/// Those who are asked first, then the waves, all with one time to answer by. Refused: times that are over or out of order, and a
/// provider that is asked twice.
pub(crate) fn plan(
    mut asks: Vec<Ask>, waves: Vec<Wave>, answer_by: Option<DateTime<Utc>>, now: DateTime<Utc>, zone: Zone,
) -> Result<Vec<Ask>> {
    let mut last = now;
    for Wave { opens_at, providers } in waves {
        if opens_at <= last {
            return Err(out_of_order(opens_at, last, now, zone));
        }
        last = opens_at;
        for provider in providers {
            if asks.iter().any(|earlier| earlier.provider.id == provider.id) {
                return Err(asked_twice(&provider));
            }
            asks.push(Ask { opens_at: Some(opens_at), ..Ask::at_once(provider) });
        }
    }
    let last = asks.iter().filter_map(|ask| ask.opens_at).fold(now, Ord::max);
    if let Some(answer_by) = answer_by.filter(|answer_by| *answer_by <= last) {
        return Err(too_early(answer_by, last, now, zone));
    }
    for ask in &mut asks {
        ask.lapses_at = answer_by;
    }
    Ok(asks)
}

fn out_of_order(opens_at: DateTime<Utc>, last: DateTime<Utc>, now: DateTime<Utc>, zone: Zone) -> Error {
    let (opens, last_at) = (zone.local(opens_at), zone.local(last));
    if last == now {
        return Error::invalid("offer.opens_at", format!("a wave cannot open at {opens}, which is over"))
            .hint("give a time to come with `--after` or `--at`");
    }
    Error::invalid(
        "offer.opens_at",
        format!("a wave cannot open at {opens}, since that before it opens at {last_at}"),
    )
    .hint("`--after` counts from now: `--then A --after 4h --then B --after 1d`")
}

fn asked_twice(provider: &Provider) -> Error {
    Error::invalid("offer.twice", format!("`{}` would be asked twice", provider.name))
        .hint("name each provider once, at once or in one wave")
        .detail("provider", provider.code.clone())
}

fn too_early(answer_by: DateTime<Utc>, last: DateTime<Utc>, now: DateTime<Utc>, zone: Zone) -> Error {
    let by = zone.local(answer_by);
    if last == now {
        return Error::invalid(
            "offer.lapses_at",
            format!("{by} is over, so no provider could answer by then"),
        )
        .hint("give a time to come with `--answer-by`");
    }
    let message = format!("those who are asked at {} cannot answer by {by}", zone.local(last));
    Error::invalid("offer.lapses_at", message).hint("give a later time with `--answer-by`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::ProviderId;

    fn provider(number: u128) -> Provider {
        Provider::named(ProviderId::from_u128(number), format!("PRV-{number}"), format!("Provider {number}"))
    }

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(hour)
    }

    // Rule 1.13: the time to answer by and the waves, by the hour; it is ten.
    #[test]
    fn plans() {
        type Waves<'a> = &'a [(i64, &'a [u128])];
        let table: [(Waves<'_>, Option<i64>, Result<usize, &str>); 10] = [
            (&[], None, Ok(1)),
            (&[], Some(11), Ok(1)),
            (&[], Some(10), Err("offer.lapses_at")),
            (&[], Some(9), Err("offer.lapses_at")),
            (&[(14, &[2, 3]), (20, &[4])], Some(21), Ok(4)),
            (&[(14, &[2])], Some(14), Err("offer.lapses_at")),
            (&[(10, &[2])], None, Err("offer.opens_at")),
            (&[(14, &[2]), (14, &[3])], None, Err("offer.opens_at")),
            (&[(14, &[2]), (20, &[2])], None, Err("offer.twice")),
            (&[(14, &[1])], None, Err("offer.twice")),
        ];
        for (waves, answer_by, expected) in table {
            let waves = waves.iter().map(|(hour, who)| Wave {
                opens_at: at(*hour),
                providers: who.iter().map(|number| provider(*number)).collect(),
            });
            let asks = plan(
                vec![Ask::at_once(provider(1))],
                waves.collect(),
                answer_by.map(at),
                at(10),
                Zone::utc(),
            );
            let found = asks.map(|asks| asks.len()).map_err(|error| error.code());
            assert_eq!(found, expected, "{answer_by:?}");
        }
    }
}
