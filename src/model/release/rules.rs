//! The rules of adding and revoking releases. Each function returns the refusal, if any.

use crate::model::prelude::*;
use crate::model::provider::Provider;
use crate::model::sharing::Setting;

/// Rules 3.5 and 3.7: not signed in the future, and not expired before it counts for a day.
pub(crate) fn may_sign(signed: NaiveDate, expires: Option<NaiveDate>, today: NaiveDate) -> Result<()> {
    may_have_been_signed(signed, expires, today)?;
    match expires {
        Some(expires) if expires < today => Err(Error::invalid(
            "release.expiry_past",
            format!(
                "a release that expired on `{expires}` would let no provider see anything: today is {today}"
            ),
        )
        .hint("`--expires` is the last day that the release counts; it may be today")),
        _ => Ok(()),
    }
}

/// The same for a release that is history.
pub(crate) fn may_have_been_signed(
    signed: NaiveDate, expires: Option<NaiveDate>, today: NaiveDate,
) -> Result<()> {
    if signed > today {
        return Err(Error::invalid(
            "release.signed_future",
            format!("a release signed on `{signed}` lies in the future: today is {today}"),
        )
        .hint("`--signed` is the day that stands beside the signature"));
    }
    match expires {
        Some(expires) if expires < signed => Err(Error::invalid(
            "release.expiry_before_signed",
            format!("a release cannot expire on `{expires}`, before it was signed on `{signed}`"),
        )
        .hint("`--expires` is the last day that the release counts")),
        _ => Ok(()),
    }
}

/// The last day of a new release by the owner's setting. Refused if one is required and none follows (rule
/// 3.5).
pub(crate) fn set_expiry(
    given: Option<NaiveDate>, signed: NaiveDate, setting: &Setting, owner: &Provider,
) -> Result<Option<NaiveDate>> {
    setting.last_day(given, signed).map_err(|_| {
        Error::refused(
            "release.expiry_missing",
            format!("`{}` requires an expiry date, and no default length of an agreement is set", owner.name),
        )
        .hint(format!(
            "give it with `--expires`, or set a length with `caredesk sharing setup {} --type {} --default-days 365`",
            owner.code,
            setting.data_type.name()
        ))
    })
}

/// The recipients without duplicates. Refused: the owner itself, and an inactive provider.
pub(crate) fn may_name(owner: &Provider, named: Vec<Provider>) -> Result<Vec<Provider>> {
    named
        .iter()
        .try_for_each(|provider| must_be_another(owner, provider).and_then(|()| provider.must_be_active()))?;
    may_have_been_named(owner, named)
}

/// The same for a release that is history: a recipient may have become inactive since.
pub(crate) fn may_have_been_named(owner: &Provider, named: Vec<Provider>) -> Result<Vec<Provider>> {
    let mut recipients: Vec<Provider> = Vec::new();
    for provider in named {
        must_be_another(owner, &provider)?;
        if recipients.iter().all(|known| known.id != provider.id) {
            recipients.push(provider);
        }
    }
    Ok(recipients)
}

fn must_be_another(owner: &Provider, recipient: &Provider) -> Result<()> {
    if recipient.id != owner.id {
        return Ok(());
    }
    Err(Error::refused(
        "release.owner_is_recipient",
        format!("`{}` is the owner, and sees its own records without a release", owner.name),
    )
    .hint("name the providers that are to see them with `--recipient`"))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::model::id::ProviderId;
    use crate::model::sharing::DataType;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn provider(number: u128) -> Provider {
        Provider::named(ProviderId::from_u128(number), format!("PRV-{number}"), format!("Provider {number}"))
    }

    #[test]
    fn the_last_day_counts() {
        let today = day("2026-11-22");
        let code = |signed, expires: Option<&str>| {
            may_sign(day(signed), expires.map(day), today).map_err(|refusal| refusal.code())
        };
        assert_eq!(code("2026-11-22", None), Ok(()));
        assert_eq!(code("2026-11-22", Some("2026-11-22")), Ok(()));
        assert_eq!(code("2026-11-23", None), Err("release.signed_future"));
        assert_eq!(code("2026-11-20", Some("2026-11-19")), Err("release.expiry_before_signed"));
        assert_eq!(code("2026-11-01", Some("2026-11-21")), Err("release.expiry_past"));
    }

    #[test]
    fn an_expiry_is_made_only_where_it_is_required() {
        let signed = day("2026-11-01");
        let set = |given, require_expiry, default_days| {
            let setting = Setting { require_expiry, default_days, ..Setting::unset(DataType::Services) };
            set_expiry(given, signed, &setting, &provider(1)).map_err(|refusal| refusal.code())
        };
        assert_eq!(set(None, false, Some(30)), Ok(None));
        assert_eq!(set(None, true, Some(30)), Ok(Some(day("2026-12-01"))));
        assert_eq!(set(Some(signed), true, None), Ok(Some(signed)));
        assert_eq!(set(None, true, None), Err("release.expiry_missing"));
        assert_eq!(set(None, true, Some(i64::MAX)), Err("release.expiry_missing"), "no such day");
    }

    #[test]
    fn a_recipient_is_named_once_and_is_not_the_owner() {
        let named = may_name(&provider(1), vec![provider(2), provider(3), provider(2)]).unwrap();
        assert_eq!(named.len(), 2);
        let refusal = may_name(&provider(1), vec![provider(2), provider(1)]).unwrap_err();
        assert_eq!(refusal.code(), "release.owner_is_recipient");
        let idle = Provider { active: false, ..provider(2) };
        assert_eq!(may_name(&provider(1), vec![idle]).unwrap_err().code(), "provider.inactive");
    }
}
