//! What a row does: a new release, or the revocation of a known one.

use std::collections::BTreeSet;

use super::super::{paper::Paper, recipient, store as keep};
use super::Importer;
use crate::commands::prelude::*;
use crate::interchange::releases::ReleaseRow;
use crate::model::audit::hex;
use crate::model::edit::Edit;
use crate::model::release::{self, ReleaseStatus, ReleaseView};
use crate::store::release::Said;

/// The parties that a row names.
struct ReleaseParties {
    client: Client,
    owner: Provider,
}

impl Importer<'_> {
    pub(super) fn release(&mut self, tx: &mut Tx<'_>, row: ReleaseRow) -> Result<Change<ReleaseView>> {
        let client = self.clients.find(tx, &row.client, Visibility::INTERNAL)?;
        let owner = self.providers.find(tx, &row.owner, Visibility::INTERNAL)?;
        client.must_be_known()?;
        let parties = ReleaseParties { client, owner };
        if let Some(known) = of_code(tx, row.code.as_deref())? {
            return self.known(tx, &row, &parties, known);
        }
        let paper = self.documents.read(row.document.as_deref(), row.code.as_deref())?;
        let sha256 = hex(&paper.document.sha256);
        if row.sha256.as_ref().is_some_and(|wanted| *wanted != sha256) {
            let message = format!("its document has the SHA-256 {sha256}, which is not that of the row");
            return Err(Error::invalid("release.another_document", message));
        }
        let new = self.signed(tx, &row, &parties, &paper)?;
        let mut same = store::release::of_document(tx, &new)?.into_iter();
        match same.find(|one| one.has_recipients_of(&new) && one.signed_on == new.signed_on) {
            Some(known) => self.known(tx, &row, &parties, known),
            None => self.created(tx, &row, new, &paper),
        }
    }

    /// The release, after the rules have been checked.
    fn signed(
        &mut self, tx: &mut Tx<'_>, row: &ReleaseRow, parties: &ReleaseParties, paper: &Paper,
    ) -> Result<Release> {
        let ReleaseParties { client, owner } = parties;
        let context = self.context;
        let today = context.today;
        let named: Result<Vec<Provider>> =
            row.recipients.iter().map(|name| self.providers.find(tx, name, Visibility::INTERNAL)).collect();
        let named = named?;
        let is_history = row.revoked_at.is_some() || row.expires_on.is_some_and(|last| last < today);
        let (expires_on, recipients) = if is_history {
            release::may_have_been_signed(row.signed_on, row.expires_on, today)?;
            (row.expires_on, release::may_have_been_named(owner, named)?)
        } else {
            let setting = store::sharing::setting(tx, owner.id, row.data_type)?;
            release::may_sign(row.signed_on, row.expires_on, today)?;
            let (given, event) = (row.expires_on.map(Edit::Set), row.expiry_event.as_deref());
            let expires_on = release::set_expiry(given, event, row.signed_on, &setting, owner)?;
            release::may_sign(row.signed_on, expires_on, today)?;
            (expires_on, release::may_name(owner, named)?)
        };
        if recipients.is_empty() != row.all_providers {
            let message = "needs either recipients or all_providers";
            return Err(Error::invalid("release.recipients", message));
        }
        must_be_past(context, row)?;
        let taken = |code: &str| store::release::is_code_taken(tx, code);
        let code = context.code_of_row(Prefix::Release, row.code.as_deref(), taken)?;
        let signing_age = store::setting::signing_age(tx)?;
        Ok(Release {
            id: context.key(),
            code,
            client_id: client.id,
            client: client.code.clone(),
            client_name: client.full_name(),
            owner_id: owner.id,
            owner: owner.code.clone(),
            owner_name: owner.name.clone(),
            data_type: row.data_type,
            signed_on: row.signed_on,
            signed_by: row.signed_by.clone(),
            signed_as: row.signed_as.clone(),
            is_of_minor: signing_age.is_reached(client.birth_date, row.signed_on) == Some(false),
            expires_on,
            expiry_event: row.expiry_event.clone(),
            purpose: row.purpose.clone(),
            statements: row.statements,
            all_providers: row.all_providers,
            recipients: recipients.into_iter().map(recipient).collect(),
            document: paper.document.clone(),
            created_at: context.now(),
            created_by: context.actor.account.login.clone(),
            revoked_at: None,
            revoked_by: None,
            reason: None,
            withdrawn_on: None,
            withdrawn_how: None,
        })
    }

    fn created(
        &mut self, tx: &mut Tx<'_>, row: &ReleaseRow, new: Release, paper: &Paper,
    ) -> Result<Change<ReleaseView>> {
        let (context, today) = (self.context, self.context.today);
        let counts = row.revoked_at.is_none() && new.status(today) == ReleaseStatus::Active;
        if counts {
            self.before.note(tx, new.owner_id)?;
            self.remark(tx, &new)?;
        }
        // The release is written by then, so the row cannot just be rejected.
        keep(context, tx, &new, (paper, None))
            .map_err(|error| Error::new(Kind::Environment, error.code(), error.message()))?;
        let new = match row.revoked_at {
            Some(at) => revoked(context, tx, &new, row, at)?,
            None => new,
        };
        self.once(&new)?;
        Ok(Change::created(new.view(today)))
    }

    fn remark(&mut self, tx: &mut Tx<'_>, new: &Release) -> Result<()> {
        let Release { owner, owner_name, data_type, .. } = new;
        let setting = store::sharing::setting(tx, new.owner_id, *data_type)?;
        if !setting.release_sharing {
            let sentence = format!(
                "`{owner_name}` does not share {data_type} by releases: these count once `caredesk sharing setup {owner} --type {data_type} --release on` is done"
            );
            self.sum.unused.insert((owner.clone(), *data_type), sentence);
        }
        self.sum.incomplete += u64::from(!new.view(self.context.today).lacks.is_empty());
        Ok(())
    }

    /// A release is never changed, but revoked, and once for all.
    fn known(
        &mut self, tx: &mut Tx<'_>, row: &ReleaseRow, parties: &ReleaseParties, known: Release,
    ) -> Result<Change<ReleaseView>> {
        self.once(&known)?;
        if let Some(what) = self.difference(tx, row, parties, &known)? {
            let message =
                format!("{what} of {} is not what the row says; a release is never changed", known.code);
            return Err(Error::refused("release.another", message));
        }
        let today = self.context.today;
        if row.revoked_at.is_none() || known.revoked_at.is_some() {
            return Ok(Change::unchanged(known.view(today)));
        }
        self.before.note(tx, known.owner_id)?;
        let after = revoked(self.context, tx, &known, row, self.context.now())?;
        Ok(Change::of(known.view(today), after.view(today)))
    }

    /// What a row says otherwise of a known release (rule 5.1).
    fn difference(
        &mut self, tx: &mut Tx<'_>, row: &ReleaseRow, parties: &ReleaseParties, known: &Release,
    ) -> Result<Option<&'static str>> {
        let differs = |said: &Option<String>, is: &Option<String>| said.is_some() && said != is;
        // A workbook counts the recipients.
        let counted = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
        let mut recipients = BTreeSet::new();
        for name in row.recipients.iter().filter(|name| !counted(name)) {
            recipients.insert(self.providers.find(tx, name, Visibility::INTERNAL)?.id);
        }
        let is_named = |id: &ProviderId| known.recipients.iter().any(|recipient| recipient.id == *id);
        let has_others = !recipients.is_empty()
            && (recipients.len() != known.recipients.len() || !recipients.iter().all(is_named));
        let is_over = known.revoked_at.is_some();
        let sha256 = hex(&known.document.sha256);
        let differences = [
            ("client", parties.client.id != known.client_id),
            ("owner", parties.owner.id != known.owner_id),
            ("type", row.data_type != known.data_type),
            ("signed_on", row.signed_on != known.signed_on),
            ("expires_on", row.expires_on.is_some() && row.expires_on != known.expires_on),
            ("expiry_event", differs(&row.expiry_event, &known.expiry_event)),
            ("signed_by", differs(&row.signed_by, &known.signed_by)),
            ("signed_as", differs(&row.signed_as, &known.signed_as)),
            ("purpose", differs(&row.purpose, &known.purpose)),
            ("all_providers", row.all_providers && !known.all_providers),
            ("recipients", has_others),
            ("reason", is_over && differs(&row.reason, &known.reason)),
            ("withdrawn_on", is_over && row.withdrawn_on.is_some() && row.withdrawn_on != known.withdrawn_on),
            (
                "withdrawn_how",
                is_over && row.withdrawn_how.is_some() && row.withdrawn_how != known.withdrawn_how,
            ),
            ("document", row.sha256.as_ref().is_some_and(|said| *said != sha256)),
        ];
        Ok(differences.into_iter().find(|(_, differs)| *differs).map(|(what, _)| what))
    }

    fn once(&mut self, release: &Release) -> Result<()> {
        self.seen.once(release.id, || format!("the release {}", release.code))
    }
}

fn must_be_past(context: &Context, row: &ReleaseRow) -> Result<()> {
    if row.revoked_at.is_some_and(|at| at > context.now()) {
        return Err(Error::invalid("release.revoked_future", "revoked_at lies in the future"));
    }
    Ok(())
}

fn of_code(tx: &mut Tx<'_>, code: Option<&str>) -> Result<Option<Release>> {
    let Some(code) = code.and_then(|code| code.parse::<Reference>().ok()) else { return Ok(None) };
    store::lookup_if_there::<Release>(tx, &code, Visibility::INTERNAL)
}

fn revoked(
    context: &Context, tx: &mut Tx<'_>, release: &Release, row: &ReleaseRow, at: DateTime<Utc>,
) -> Result<Release> {
    let said = Said { reason: row.reason.clone(), on: row.withdrawn_on, how: row.withdrawn_how };
    store::release::revoke(tx, release.id, at, context.actor.account.id, &said)?;
    store::release::by_id(tx, release.id)
}
