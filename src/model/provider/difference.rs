//! The audit entries of an import: a new provider with all its fields, an existing one with the differences.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Provider;
use super::imported::Resource;
use super::reconcile::Reconciled;
use crate::model::resource::ResourceKind;

impl Reconciled<'_> {
    /// The audit entry of a new provider: the provider and the names of its programs.
    pub(crate) fn made(&self) -> AuditedProvider<'_> {
        let programs = self.steps.iter().filter(|step| step.after.kind == ResourceKind::Program);
        AuditedProvider {
            provider: &self.provider,
            resources: programs.map(|step| &*step.after.name).collect(),
        }
    }

    /// The audit entry of an existing provider: only the differences, before and after.
    pub(crate) fn difference(&self) -> (Map<String, Value>, Map<String, Value>) {
        let mut sides = self.before.provider.as_ref().map_or_else(Sides::default, |was| {
            Sides::between(fields_of_provider(was), fields_of_provider(&self.provider))
        });
        let (mut before, mut after) = (Vec::new(), Vec::new());
        before.extend(self.before.moved.iter().map(named));
        for step in self.steps.iter().filter(|step| step.is_change()) {
            match &step.before {
                Some(was) if !step.has_come() => {
                    let sides = Sides::between(fields_of(was), fields_of(&step.after));
                    before.push(sides.before(&was.code));
                    after.push(sides.after(&was.code));
                }
                _ => after.push(named(&step.after)),
            }
        }
        sides.add("resources", json!(before), json!(after));
        let (was, is) = (&self.before.lines, &self.lines);
        sides.add("phones", json!(was.phones), json!(is.phones));
        sides.add("addresses", json!(was.addresses), json!(is.addresses));
        sides.add("details", json!(was.details), json!(is.details));
        sides.add("opening_hours", json!(was.opening_hours), json!(is.opening_hours));
        sides.add("contact_persons", json!(was.contact_persons), json!(is.contact_persons));
        sides.add("remainders", json!(was.remainders), json!(is.remainders));
        (sides.before, sides.after)
    }
}

/// The view of a provider in the audit entry of an import.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct AuditedProvider<'a> {
    #[serde(flatten)]
    provider: &'a Provider,
    resources: Vec<&'a str>,
}

fn named(resource: &Resource<'_>) -> Value {
    json!({"code": resource.code, "name": resource.name, "state": resource.state})
}

#[derive(Default)]
struct Sides {
    before: Map<String, Value>,
    after: Map<String, Value>,
}

impl Sides {
    fn between<const N: usize>(before: [(&str, Value); N], after: [(&str, Value); N]) -> Self {
        let mut sides = Sides::default();
        for ((key, before), (_, after)) in before.into_iter().zip(after) {
            sides.add(key, before, after);
        }
        sides
    }

    fn add(&mut self, key: &str, before: Value, after: Value) {
        if before != after {
            self.before.insert(key.to_owned(), before);
            self.after.insert(key.to_owned(), after);
        }
    }

    fn before(&self, code: &str) -> Value {
        labelled(code, &self.before)
    }

    fn after(&self, code: &str) -> Value {
        labelled(code, &self.after)
    }
}

fn labelled(code: &str, fields: &Map<String, Value>) -> Value {
    let label = std::iter::once(("code".to_owned(), json!(code)));
    Value::Object(label.chain(fields.clone()).collect())
}

/// The named fields as JSON, each with its key.
macro_rules! fields_of {
    ($thing:ident: $($field:ident),+ $(,)?) => { [$((stringify!($field), json!($thing.$field))),+] };
}

fn fields_of_provider(p: &Provider) -> [(&'static str, Value); 8] {
    fields_of!(p: name, alternate_name, description, email, phone, url, postal_code, active)
}

fn fields_of(r: &Resource<'_>) -> [(&'static str, Value); 9] {
    fields_of! { r:
        name, alternate_name, description, eligibility, fees, application_process, email, url, state,
    }
}
