//! `audit verify`: whether the trail is whole.

use crate::commands::prelude::*;
use crate::model::audit::hex;
use crate::output::Card;
use crate::store::audit;

view! {
    pub(super) struct Verdict("audit", |view| &view.head) {
        entries: i64 => Number,
        /// Entries whose content was erased; that they were written is still verified.
        erased: i64 => Number,
        intact: bool => YesNo,
        head: String => Code,
    }
}

pub(super) fn run(context: &Context) -> Result<()> {
    let chain = context.read(audit::walk)?;
    if let Some(broken) = chain.broken {
        return Err(Error::new(Kind::Environment, "audit.broken", broken.what)
            .hint("the database was changed outside this program; compare it with a backup")
            .detail("number", broken.number));
    }
    let verdict =
        Verdict { entries: chain.entries, erased: chain.erased, intact: true, head: hex(&chain.head) };
    let count = counted(verdict.entries, "entry", "entries");
    let erased =
        if verdict.erased > 0 { format!(", {} of them erased", verdict.erased) } else { String::new() };
    let sentence = format!("The audit trail is whole: {count}{erased}, ending in {}.", verdict.head);
    context.out.show(&verdict, || Some(Card::sentence(&context.out, &sentence)))
}
