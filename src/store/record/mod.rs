//! Records, and which of them a provider sees. Without an instant of the transaction ([`Tx::as_of`]) nothing
//! is shared.

pub(crate) mod import;

use crate::model::client::name;
use crate::model::code::imported_key;
use crate::model::record::{FoundRecord, NOUN, Record, RecordView, Viewer};
use crate::model::sharing::DataType;
use crate::store::prelude::*;

/// The filter of a list of records; an absent field does not limit it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Filter {
    pub(crate) client: Option<ClientId>,
    pub(crate) id: Option<RecordId>,
    pub(crate) data_type: Option<DataType>,
    pub(crate) owner: Option<ProviderId>,
    pub(crate) since: Option<NaiveDate>,
    pub(crate) until: Option<NaiveDate>,
    /// The cursor: day and id of the last row of the page before.
    pub(crate) after: Option<(NaiveDate, RecordId)>,
}

/// Refused if the owner has another record of that external id.
pub(crate) fn insert(tx: &mut Tx<'_>, records: &[Record], at: DateTime<Utc>, by: AccountId) -> Result<()> {
    let inserted = tx.bulk(sql!("record/insert"), records, |record| {
        let entry = &record.entry;
        [
            &record.id as &dyn Param, &record.code, &record.client_id, &record.provider_id, &entry.data_type,
            &entry.category_id, &entry.contract_id, &entry.happened_on, &entry.title, &entry.units,
            &entry.detail, &entry.source_id, &at, &by,
        ]
    });
    inserted.on_unique("record_provider_id_source_id", || {
        Error::refused("record.exists", "the owner has a record with that id already")
    })?;
    let marked = records.iter().filter(|record| record.entry.never_shared).map(|record| record.id);
    begin_never_shared(tx, &marked.collect::<Vec<_>>(), at)
}

/// From now on no other provider sees it, or what has been agreed decides who does (rule 3.16).
pub(crate) fn set_never_shared(
    tx: &mut Tx<'_>, record: RecordId, never_shared: bool, at: DateTime<Utc>,
) -> Result<()> {
    if never_shared { begin_never_shared(tx, &[record], at) } else { end_never_shared(tx, record, at) }
}

fn begin_never_shared(tx: &mut Tx<'_>, records: &[RecordId], at: DateTime<Utc>) -> Result<()> {
    let rows: Vec<(Id<()>, RecordId)> = records.iter().map(|record| (key(*record, at), *record)).collect();
    tx.bulk(sql!("record/begin_never_shared"), &rows, |(id, record)| [id as &dyn Param, record, &at])
}

fn end_never_shared(tx: &mut Tx<'_>, record: RecordId, at: DateTime<Utc>) -> Result<()> {
    tx.run(sql!("record/end_never_shared"), params![record, at]).map(drop)
}

/// Derived, so that the other keys of a run stay as they are; no record is marked twice at one instant.
fn key(record: RecordId, at: DateTime<Utc>) -> Id<()> {
    imported_key("never_shared", &record.uuid().to_string(), &at.to_rfc3339())
}

/// Returns those of the codes that are in use.
pub(crate) fn taken_codes(tx: &mut Tx<'_>, codes: &[String]) -> Result<Vec<String>> {
    tx.all_in(sql!("record/taken_codes"), params![], codes, |row| row.get("code"))
}

/// The newest day first, at most `limit`.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter, viewer: Viewer, limit: i64) -> Result<Vec<FoundRecord>> {
    let (day, id) = filter.after.unzip();
    let data_type = filter.data_type;
    let values = params![
        filter.client,
        viewer.provider(),
        filter.id,
        data_type,
        filter.since,
        filter.until,
        day,
        id,
        limit,
        filter.owner
    ];
    tx.all(sql!("record/list"), values, read)
}

/// The codes of those that an account sees through any of its providers, at most `limit`.
pub(crate) fn seen_codes(tx: &mut Tx<'_>, visibility: Visibility, limit: i64) -> Result<Vec<String>> {
    tx.all(sql!("record/seen_codes"), params![visibility.account(), limit], |row| row.get("code"))
}

impl Lookup for FoundRecord {
    finds!(by list, FoundRecord, Record, Viewer);

    fn candidates(tx: &mut Tx<'_>, reference: &Reference, viewer: Viewer) -> Candidates<noun::Record> {
        let (code, code_end) = reference.code_range();
        tx.all(sql!("record/candidates"), params![code, code_end, viewer.provider()], coded)
    }
}

fn read(row: &Row<'_>) -> Result<FoundRecord> {
    from_row! { row => FoundRecord {
        id, happened_on, client_id, basis, source_id, owner_id: row.get("provider_id")?, view: view(row)?,
    } }
}

fn view(row: &Row<'_>) -> Result<RecordView> {
    let (given, family): (String, String) = (row.get("given")?, row.get("family")?);
    from_row! { row => RecordView {
        code, client, client_name: name(&given, &family).into_text(), owner, owner_name, data_type, happened_on, title,
        category, contract, contract_name, units, detail, notice, never_shared, basis, recorded_at: row.get("created_at")?,
    } }
}
