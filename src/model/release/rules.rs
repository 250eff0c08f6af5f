//! The rules of adding and revoking releases. Each function returns the refusal, if any.

use super::{Release, ReleaseStatus};
use crate::model::edit::Edit;
use crate::model::prelude::*;
use crate::model::provider::Provider;
use crate::model::sharing::{MissingExpiry, Setting};

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

/// The last day of a new release by the owner's setting. Refused if one is required and none follows (rules 3.5 and 3.13).
/// What ends it instead of a day says that it has no last one, where none is required.
pub(crate) fn set_expiry(
    given: Option<Edit<NaiveDate>>, event: Option<&str>, signed: NaiveDate, setting: &Setting,
    owner: &Provider,
) -> Result<Option<NaiveDate>> {
    let is_open = event.is_some() && !setting.require_expiry;
    let given = given.or(is_open.then_some(Edit::Clear));
    setting.last_day(given, signed).map_err(|why| match why {
        MissingExpiry::Open => Error::refused(
            "release.expiry_required",
            format!("`{}` requires an expiry date: no release stays open", owner.name),
        )
        .hint("give its last day with `--expires`"),
        MissingExpiry::Unset => Error::refused(
            "release.expiry_missing",
            format!("`{}` requires an expiry date, and no default length of an agreement is set", owner.name),
        )
        .hint(format!(
            "give it with `--expires`, or set a length with `caredesk sharing setup {} --type {} --default-days 365`",
            owner.code,
            setting.data_type.name()
        )),
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

/// Those of the given that a release names, to be taken out of it (rule 3.15). Refused where it does not count, is for all, or would
/// be left for none.
pub(crate) fn removed(release: &Release, given: &[Provider], today: NaiveDate) -> Result<Vec<Provider>> {
    let code = &release.code;
    let status = release.status(today);
    if status != ReleaseStatus::Active {
        return Err(Error::refused("release.not_active", format!("{code} is {}", status.name()))
            .hint(format!("`caredesk release show {code}` says more")));
    }
    if release.all_providers {
        let message = format!("{code} is for all providers, so none is taken out of it");
        return Err(Error::refused("release.for_all", message).hint(format!(
            "`caredesk release revoke {code}` ends it; a new paper names those that it is for"
        )));
    }
    let is_given = |id: ProviderId| given.iter().any(|provider| provider.id == id);
    if release.recipients.iter().all(|named| is_given(named.id)) {
        let message = format!("{code} would be left for no provider");
        return Err(Error::refused("release.last_recipient", message)
            .hint(format!("`caredesk release revoke {code}` ends it")));
    }
    let mut removed: Vec<Provider> = Vec::new();
    for provider in given {
        let is_named = release.recipients.iter().any(|named| named.id == provider.id);
        if is_named && removed.iter().all(|known| known.id != provider.id) {
            removed.push(provider.clone());
        }
    }
    Ok(removed)
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
    fn an_expiry_follows_from_the_length_that_is_set() {
        let signed = day("2026-11-01");
        let set = |given, require_expiry, default_days| {
            let setting = Setting { require_expiry, default_days, ..Setting::unset(DataType::Services) };
            set_expiry(given, None, signed, &setting, &provider(1)).map_err(|refusal| refusal.code())
        };
        assert_eq!(set(None, false, None), Ok(None));
        assert_eq!(set(None, false, Some(30)), Ok(Some(day("2026-12-01"))));
        assert_eq!(set(None, true, Some(30)), Ok(Some(day("2026-12-01"))));
        assert_eq!(set(Some(Edit::Clear), false, Some(30)), Ok(None));
        assert_eq!(set(Some(Edit::Clear), true, Some(30)), Err("release.expiry_required"));
        assert_eq!(set(Some(Edit::Set(signed)), true, None), Ok(Some(signed)));
        assert_eq!(set(None, true, None), Err("release.expiry_missing"));
        let until_an_event = |require_expiry| {
            let setting =
                Setting { require_expiry, default_days: Some(30), ..Setting::unset(DataType::Services) };
            set_expiry(None, Some("discharge"), signed, &setting, &provider(1)).unwrap()
        };
        assert_eq!(until_an_event(false), None);
        assert_eq!(until_an_event(true), Some(day("2026-12-01")));
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
