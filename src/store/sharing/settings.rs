//! Settings and links of providers.

use crate::model::sharing::{DataType, Link, Setting, SharingLevel};
use crate::store::prelude::*;

use std::collections::BTreeMap;

/// The filter of a list of links; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct LinkFilter {
    pub(crate) owner: Option<ProviderId>,
    pub(crate) recipient: Option<ProviderId>,
    pub(crate) data_type: Option<DataType>,
    /// As either party.
    pub(crate) provider: Option<ProviderId>,
}

/// The present settings of all seven types; a type without a setting is [`Setting::unset`].
pub(crate) fn settings(tx: &mut Tx<'_>, provider: ProviderId) -> Result<Vec<Setting>> {
    let set = tx.all(sql!("sharing/settings"), params![provider], |row| read(row, row.get("data_type")?))?;
    let of = |data_type| set.iter().find(|setting| setting.data_type == data_type);
    let all = DataType::ALL.iter();
    Ok(all.map(|data_type| of(*data_type).cloned().unwrap_or_else(|| Setting::unset(*data_type))).collect())
}

/// The providers that have set something, by name.
pub(crate) fn owners(tx: &mut Tx<'_>) -> Result<Vec<ProviderId>> {
    tx.all(sql!("sharing/owners"), params![], |row| row.get("id"))
}

/// The setting of one data type.
pub(crate) fn setting(tx: &mut Tx<'_>, provider: ProviderId, data_type: DataType) -> Result<Setting> {
    let found = settings(tx, provider)?.into_iter().find(|setting| setting.data_type == data_type);
    Ok(found.unwrap_or_else(|| Setting::unset(data_type)))
}

/// What owners ask of agreements, each looked up once.
#[derive(Default)]
pub(crate) struct Asked(BTreeMap<(ProviderId, DataType), Setting>);

/// Whose records an agreement is about, of which type, when it was signed and its last day.
pub(crate) type Terms = (ProviderId, DataType, Option<NaiveDate>, Option<NaiveDate>);

impl Asked {
    /// Each with whether its owner would not allow it now (rule 3.13).
    pub(crate) fn not_meeting<T>(
        &mut self, tx: &mut Tx<'_>, agreements: Vec<T>, terms: impl Fn(&T) -> Terms,
    ) -> Result<Vec<(T, bool)>> {
        let judged = agreements.into_iter().map(|agreement| {
            let (owner, data_type, signed, expires) = terms(&agreement);
            let is_met = self.of(tx, owner, data_type)?.is_met_by(signed, expires);
            Ok((agreement, !is_met))
        });
        judged.collect()
    }

    fn of(&mut self, tx: &mut Tx<'_>, owner: ProviderId, data_type: DataType) -> Result<Setting> {
        if let Some(known) = self.0.get(&(owner, data_type)) {
            return Ok(known.clone());
        }
        let setting = setting(tx, owner, data_type)?;
        self.0.insert((owner, data_type), setting.clone());
        Ok(setting)
    }
}

/// The dates of a grant or a release, and whether it is a release.
pub(crate) type Agreement = (bool, Option<NaiveDate>, Option<NaiveDate>);

/// What is agreed with an owner for a data type and counts on the day.
pub(crate) fn agreements(
    tx: &mut Tx<'_>, owner: ProviderId, data_type: DataType, day: NaiveDate, mut each: impl FnMut(Agreement),
) -> Result<()> {
    tx.each(sql!("sharing/agreements"), params![owner, data_type, day], |row| {
        each((row.get("is_release")?, row.get("signed_on")?, row.get("expires_on")?));
        Ok(())
    })
}

/// Ends the version in force, if any, and inserts this one under the given id.
pub(crate) fn replace_setting(
    tx: &mut Tx<'_>, id: SettingId, provider: ProviderId, new: &Setting, at: DateTime<Utc>,
) -> Result<()> {
    end_setting(tx, provider, new.data_type, at)?;
    insert_setting(tx, id, provider, new, at)
}

fn end_setting(tx: &mut Tx<'_>, provider: ProviderId, data_type: DataType, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("sharing/end_setting"), params![provider, data_type, at]).map(drop)
}

fn insert_setting(
    tx: &mut Tx<'_>, id: SettingId, provider: ProviderId, new: &Setting, at: DateTime<Utc>,
) -> Result<()> {
    let values = params![
        id,
        provider,
        new.data_type,
        new.level.number(),
        new.client_by_client,
        new.require_expiry,
        new.release_sharing,
        new.default_days,
        at,
        new.notice
    ];
    tx.run(sql!("sharing/insert_setting"), values).map(drop)
}

/// The present links by owner, recipient and data type.
pub(crate) fn links(tx: &mut Tx<'_>, filter: &LinkFilter, visibility: Visibility) -> Result<Vec<Link>> {
    let data_type = filter.data_type;
    let values = params![filter.owner, filter.recipient, data_type, filter.provider, visibility.account()];
    tx.all(sql!("sharing/links"), values, |row| {
        let data_type = row.get("data_type")?;
        let is_set = row.get::<Option<i64>>("level")?.is_some();
        from_row! { row => Link {
            id, owner_id, owner, owner_name, recipient_id, recipient, recipient_name,
            setting: if is_set { read(row, data_type)? } else { Setting::unset(data_type) },
        } }
    })
}

/// Refused if they are linked already.
pub(crate) fn insert_link(tx: &mut Tx<'_>, link: &Link, at: DateTime<Utc>) -> Result<()> {
    let values = params![link.id, link.owner_id, link.recipient_id, link.data_type(), at];
    tx.run(sql!("sharing/insert_link"), values)
        .on_unique("sharing_link_owner_id_recipient_id_data_type", || {
            Error::refused(
                "sharing.linked",
                format!("`{}` is linked to `{}` already", link.owner_name, link.recipient_name),
            )
            .hint("`caredesk sharing links` shows all")
        })
        .map(drop)
}

pub(crate) fn end_link(tx: &mut Tx<'_>, link: &Link, at: DateTime<Utc>) -> Result<()> {
    let values = params![link.owner_id, link.recipient_id, link.data_type(), at];
    tx.run(sql!("sharing/end_link"), values).map(drop)
}

fn read(row: &Row<'_>, data_type: DataType) -> Result<Setting> {
    from_row! { row => Setting {
        client_by_client, require_expiry, release_sharing, default_days, notice, data_type: data_type,
        level: level(row)?,
    } }
}

pub(super) fn level(row: &Row<'_>) -> Result<SharingLevel> {
    let number = row.get("level")?;
    SharingLevel::from_number(number)
        .ok_or_else(|| Error::internal(format!("{number} is no level of sharing")))
}
