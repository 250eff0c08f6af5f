//! `package wait`: for scripts that go on when a package is answered.

use std::time::Duration;

use super::view;
use crate::commands::prelude::*;
use crate::context::{Pause, duration};
use crate::model::package::PackageStatus;

#[derive(Args)]
#[command(after_help = "\
Exit status: 0 it is so, 4 it can no longer be, 7 the time is up.

Examples:
  $ caredesk package wait PKG-7K3M9Q --timeout 2h
  $ caredesk package wait winter --until accepted --until rejected -o json")]
pub(super) struct Wait {
    /// Code or reference (or the beginning of either)
    package: Reference,
    /// Until it is in this status; with several, in any of them
    #[arg(long, value_name = "STATUS", default_value = "accepted")]
    until: Vec<PackageStatus>,
    /// How long at most, such as 30s, 5min or 2h [default: without an end]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    timeout: Option<Duration>,
}

pub(super) fn run(context: &Context, command: &Wait) -> Result<()> {
    let find = |tx: &mut Tx<'_>| store::lookup::<Package>(tx, &command.package, context.visibility());
    let mut package = context.read(find)?;
    let mut watch = context.watch(Right::Everyone, command.timeout);
    loop {
        if command.until.contains(&package.status) {
            return context.out.show(&view(context, &package), || None);
        }
        if !command.until.iter().any(|wanted| package.status.may_become(*wanted)) {
            return Err(cannot_become(&package, &command.until));
        }
        if watch.pause() == Pause::TimeIsUp {
            return Err(still(&package));
        }
        // Only who was asked sees it, and no more once another has accepted.
        package = watch
            .read(|tx| store::by_id::<Package>(tx, package.id, context.visibility()))?
            .ok_or_else(|| out_of_sight(&package))?;
    }
}

fn cannot_become(package: &Package, wanted: &[PackageStatus]) -> Error {
    let Package { code, reference, status, .. } = package;
    let wanted = wanted.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
    Error::refused(
        "package.cannot_become",
        format!("package `{reference}` is {status}, and cannot become {wanted} by itself"),
    )
    .hint(format!("`caredesk package history {code}` shows what became of it"))
    .detail("status", status.name())
}

fn still(package: &Package) -> Error {
    let Package { reference, status, .. } = package;
    Error::new(
        Kind::Busy,
        "package.still",
        format!("the time is up, and package `{reference}` is still {status}"),
    )
    .hint("wait again; nothing was changed")
    .detail("status", status.name())
}

fn out_of_sight(package: &Package) -> Error {
    Error::refused(
        "package.cannot_become",
        format!("package `{}` is no longer yours to answer", package.reference),
    )
    .hint("another provider has accepted it, or the hub has taken it back")
}
