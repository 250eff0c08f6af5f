//! What every form has that a person signs (rule 8.41): the hub in its head, who signs, and the lines to sign on.

use super::Context;
use crate::interchange::pdf::{Blank, Body, PdfDocument, Section};

/// What a form is about, and what stands between its fields and its signature.
pub(crate) struct Form {
    pub(crate) hub: Option<String>,
    /// Above the title, small.
    pub(crate) kind: String,
    pub(crate) title: &'static str,
    /// None where it is not known here, and is written by hand.
    pub(crate) client_name: Option<String>,
    pub(crate) fields: Vec<(&'static str, Option<String>)>,
    pub(crate) sections: Vec<Section>,
    /// Who signs, in words.
    pub(crate) signers: String,
    /// What the owner wants to be said with its records.
    pub(crate) notice: Option<String>,
}

impl Form {
    /// Where a consent is taken back.
    pub(crate) fn revoked_at(owner: &str, hub: Option<&str>) -> String {
        hub.map_or_else(|| owner.to_owned(), |hub| format!("{owner} or {hub}"))
    }

    pub(crate) fn page(self, context: &Context) -> PdfDocument {
        let name = self.client_name.as_deref();
        let closing = closing(name.is_some(), self.signers, self.notice);
        PdfDocument {
            running: [Some(self.kind.as_str()), name].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            kind: self.kind.clone(),
            title: self.title.to_owned(),
            fields: self.fields,
            sections: self.sections.into_iter().chain(closing).collect(),
            ..context.paper(self.hub, "Form to sign")
        }
    }
}

/// What stands last on each form.
fn closing(is_named: bool, signers: String, notice: Option<String>) -> Vec<Section> {
    let relation = "Relation to the client: self, parent, legal guardian";
    let mut rows = vec![
        vec![blank("Name of the person who signs", 0.55, None), blank(relation, 0.45, None)],
        vec![blank("Signature", 0.55, None), blank("Date of the signature", 0.45, None)],
    ];
    if !is_named {
        rows.insert(0, vec![blank("Name of the client", 0.55, None), blank("Born on", 0.45, None)]);
    }
    let who = Section { heading: "Who signs", body: Body::Text(signers) };
    let notice = notice.map(|text| Section { heading: "Notice", body: Body::Text(text) });
    let sign = Section { heading: "Signature", body: Body::Blanks(rows) };
    [Some(who), notice, Some(sign)].into_iter().flatten().collect()
}

/// A line to write on, with what is known of it.
pub(crate) fn blank(label: &'static str, share: f32, value: Option<String>) -> Blank {
    Blank { label, share, value }
}
