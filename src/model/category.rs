//! A service category: the kind of service that contracts and records name, which decides level 2 (rule 3.3).

use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("category");

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Category {
    pub(crate) id: CategoryId,
    pub(crate) name: String,
}

view! {
    /// A category of service, known by its name.
    pub(crate) struct CategoryView("category", |view| &view.name) {
        name: String => Code,
    }
}

impl Category {
    pub(crate) fn view(&self) -> CategoryView {
        CategoryView { name: self.name.clone() }
    }
}
