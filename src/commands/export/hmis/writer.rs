//! Writes the files, stay by stay.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::io;

use crate::commands::export::pages::{PAGE, pages};
use crate::commands::prelude::*;
use crate::file::AtomicFolder;
use crate::interchange::hmis::{Hmis, HmisFile};
use crate::model::enrolment::{Stay, Stays};

#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) clients: u64,
    pub(super) enrolments: u64,
    pub(super) releases: u64,
}

/// The first and the last day of a period; either may be open.
type Days = (Option<NaiveDate>, Option<NaiveDate>);

pub(super) struct Writer<'a> {
    hmis: Hmis,
    folder: &'a AtomicFolder,
    files: BTreeMap<HmisFile, csv::Writer<File>>,
    period: Days,
    providers: BTreeSet<ProviderId>,
    clients: HashSet<ClientId>,
    earliest: Option<NaiveDate>,
    counts: Counts,
}

impl<'a> Writer<'a> {
    pub(super) fn write(
        context: &Context, tx: &mut Tx<'_>, folder: &'a AtomicFolder, period: Days,
    ) -> Result<Counts> {
        let hmis = Hmis {
            export: context.now().format("%Y%m%d%H%M%S").to_string(),
            user: context.actor.account.login.clone(),
            zone: context.zone,
        };
        let mut writer = Writer {
            hmis,
            folder,
            files: BTreeMap::new(),
            period,
            providers: BTreeSet::new(),
            clients: HashSet::new(),
            earliest: None,
            counts: Counts::default(),
        };
        writer.begin()?;
        writer.stays(tx)?;
        writer.releases(context, tx)?;
        writer.end(context, tx)?;
        Ok(writer.counts)
    }

    /// Each file has its columns, also where there is no row.
    fn begin(&mut self) -> Result<()> {
        for file in HmisFile::ALL {
            let created = self.folder.file(&format!("{file}.csv"))?;
            self.files.insert(*file, csv::Writer::from_writer(created));
            self.row(*file, file.columns())?;
        }
        Ok(())
    }

    fn row<T: AsRef<[u8]>>(&mut self, file: HmisFile, cells: impl IntoIterator<Item = T>) -> Result<()> {
        let Some(writer) = self.files.get_mut(&file) else { return Ok(()) };
        writer.write_record(cells).map_err(|error| self.folder.unwritable(io::Error::other(error)))
    }

    fn stays(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let mut stays = Stays::default();
        store::enrolment::versions(tx, |version| {
            stays.next(version).map_or(Ok(()), |stay| self.stay(&stay))
        })?;
        stays.end().map_or(Ok(()), |stay| self.stay(&stay))
    }

    fn stay(&mut self, stay: &Stay) -> Result<()> {
        let (since, until) = self.period;
        let is_before = since.zip(stay.exit_on).is_some_and(|(since, exit)| exit < since);
        if is_before || until.is_some_and(|until| stay.entry_on > until) {
            return Ok(());
        }
        self.earliest = Some(self.earliest.map_or(stay.entry_on, |known| known.min(stay.entry_on)));
        if self.providers.insert(stay.begun.provider_id) {
            self.row(HmisFile::Organization, self.hmis.organization(stay))?;
            self.row(HmisFile::Project, self.hmis.project(stay))?;
        }
        if self.clients.insert(stay.begun.client_id) {
            self.counts.clients += 1;
            self.row(HmisFile::Client, self.hmis.client(stay))?;
        }
        self.counts.enrolments += 1;
        self.row(HmisFile::Enrollment, self.hmis.enrollment(stay))?;
        self.hmis.exit(stay).map_or(Ok(()), |exit| self.row(HmisFile::Exit, exit))
    }

    /// Of the clients who are in it.
    fn releases(&mut self, context: &Context, tx: &mut Tx<'_>) -> Result<()> {
        let page = |tx: &mut Tx<'_>, after: Option<&Release>, limit| {
            let filter =
                store::release::Filter { after: after.map(|release| release.id), ..Default::default() };
            store::release::list(tx, &filter, context.visibility(), limit)
        };
        pages(tx, PAGE, page, |_tx, releases| {
            for release in releases {
                if self.clients.contains(&release.client_id) {
                    self.counts.releases += 1;
                    let row = self.hmis.release(&release.view(context.today));
                    self.row(HmisFile::ReleaseOfInformation, row)?;
                }
            }
            Ok(())
        })
    }

    fn end(&mut self, context: &Context, tx: &mut Tx<'_>) -> Result<()> {
        let account = &context.actor.account;
        self.row(HmisFile::User, self.hmis.user(&account.name, context.now()))?;
        let source = store::audit::identity(tx)?.uuid().simple().to_string();
        let name = store::setting::hub_name(tx)?;
        let (since, until) = self.period;
        let from = since.or(self.earliest).unwrap_or(context.today);
        let days = (from, until.unwrap_or(context.today).max(from));
        self.row(HmisFile::Export, self.hmis.export((&source, name.as_deref()), days, context.now()))?;
        self.files
            .values_mut()
            .try_for_each(csv::Writer::flush)
            .map_err(|error| self.folder.unwritable(error))
    }
}
