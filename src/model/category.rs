//! A service category: the kind of service that contracts and records name, which decides level 2 (rule 3.3).

use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("category");

view! {
    /// A category of service, known by its name.
    #[schemars(rename = "CategoryView")]
    pub(crate) struct Category("category", |view| &view.name) {
        @id: CategoryId,
        name: String => Code,
    }
}
