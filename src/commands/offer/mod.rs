//! `offer`: what each provider was asked, over all packages.

mod list;

use crate::commands::prelude::*;
use crate::model::package::OfferLine;

verbs! {
    Offer: lists OfferLine;

    /// List offers over all packages, newest first, with how long each has waited
    #[command(arg = at())]
    List(list::List) => list::run,
}
