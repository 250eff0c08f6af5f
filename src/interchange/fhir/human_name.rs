//! What a Patient is called, and was before.

use serde::Deserialize;

use super::{Others, filled};
use crate::model::client;

#[derive(Default, Deserialize)]
pub(super) struct HumanName {
    #[serde(rename = "use")]
    pub(super) purpose: Option<String>,
    text: Option<String>,
    family: Option<String>,
    #[serde(default)]
    given: Vec<Option<String>>,
    #[serde(flatten)]
    pub(super) others: Others,
}

/// Names of the uses `old` and `maiden`. One of a family name alone belongs to the given names that the person has.
pub(super) fn former_names(names: &[HumanName]) -> Vec<String> {
    let given_now = names.iter().find(|name| !name.is_former()).map(HumanName::given).unwrap_or_default();
    let full = |name: &HumanName| {
        let (given, family) = (name.given(), filled(name.family.clone()).unwrap_or_default());
        match (given.is_empty(), family.is_empty()) {
            (true, true) => filled(name.text.clone()),
            (true, false) => Some(client::name(&given_now, &family).into_text()),
            _ => Some(client::name(&given, &family).into_text()),
        }
    };
    names.iter().filter(|name| name.is_former()).filter_map(full).collect()
}

/// Given and family names of the preferred name, or its text.
pub(super) fn name(names: &[HumanName]) -> Result<(String, String), String> {
    let preferred = preferred(names).ok_or("the Patient has no name")?;
    let (given, family) = (preferred.given(), preferred.family());
    if preferred.has_parts() { Ok((given, family)) } else { Ok((given, preferred.text())) }
}

/// The name of the best use; one without parts only if no name has any.
pub(super) fn preferred(names: &[HumanName]) -> Option<&HumanName> {
    let with_parts = names.iter().filter(|name| name.has_parts()).min_by_key(|name| name.rank());
    with_parts.or_else(|| names.iter().find(|name| !name.text().is_empty()))
}

impl HumanName {
    pub(super) fn rank(&self) -> u8 {
        match self.purpose.as_deref() {
            Some("official") => 0,
            Some("usual") => 1,
            Some("old" | "maiden") => 3,
            _ => 2,
        }
    }

    pub(super) fn has_parts(&self) -> bool {
        !self.given().is_empty() || !self.family().is_empty()
    }

    pub(super) fn family(&self) -> String {
        filled(self.family.clone()).unwrap_or_default()
    }

    pub(super) fn text(&self) -> String {
        filled(self.text.clone()).unwrap_or_default()
    }

    pub(super) fn given(&self) -> String {
        self.given.iter().cloned().filter_map(filled).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn is_former(&self) -> bool {
        matches!(self.purpose.as_deref(), Some("old" | "maiden"))
    }
}
