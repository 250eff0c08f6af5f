//! A report as a document: a picture, or a page to print.

use crate::commands::prelude::*;
use crate::interchange::chart;
use crate::model::chart::Page;
use crate::model::view::View;
use crate::output::target::{Destination, Target};

#[derive(Args)]
pub(super) struct Documents {
    /// Also draw the charts as a picture in this file; `-` prints it instead
    #[arg(long, value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    svg: Option<Target>,
    /// Also write a page to print, charts and figures, without scripts; `-` prints it instead
    #[arg(long, value_name = "FILE|-", value_hint = clap::ValueHint::FilePath)]
    html: Option<Target>,
}

impl Documents {
    /// Writes what is asked for, and prints the lines: for people as charts.
    pub(super) fn present<T: View>(
        &self, context: &Context, page: &Page, lines: Vec<T>, nothing: &str,
    ) -> Result<()> {
        context.out.can_show::<T>()?;
        let documents: Vec<Destination> =
            [&self.svg, &self.html].into_iter().flatten().cloned().map(Destination::from).collect();
        let printed = documents.iter().filter(|document| document.is_standard()).count();
        if printed > 1 {
            let why = "only one of `--svg` and `--html` can go to standard output";
            return Err(Error::new(Kind::Usage, "usage.two_documents", why));
        }
        if let Some(svg) = &self.svg {
            context.deliver(&svg.clone().into(), &chart::picture(page)?)?;
        }
        if let Some(html) = &self.html {
            let hub = context.read(store::setting::hub_name)?.unwrap_or_default();
            let [printed_by, _] = context.printed_by();
            context.deliver(&html.clone().into(), &chart::page(page, &hub, &[printed_by])?)?;
        }
        for file in documents.iter().filter(|file| !context.only_tries(file) && !file.is_standard()) {
            context.out.note(&format!("wrote {}", file.name()));
        }
        if printed > 0 {
            return Ok(());
        }
        if context.out.is_drawing() && !lines.is_empty() {
            return output::text(&output::report::draw(page, &context.out));
        }
        context.out.rows(lines, nothing)
    }
}
