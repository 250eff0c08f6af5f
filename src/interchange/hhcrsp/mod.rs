//! Reads visits from instances of the home health care routing and scheduling problem, in the JSON of
//! <https://github.com/iolab-uniud/hhcrsp>. Distances, caregivers and places are not read.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::json_file;
use crate::error::{Error, Result};
use crate::file::Input;
use crate::model::instance::{Instance, InstanceReject, InstanceVisit};
use crate::model::limit;

const NOT_INSTANCE: (&str, &str) = ("import.not_instance", "a home-care instance");
const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// Reads one instance. A visit starts when the patient's time window opens, rounded to the minute; of two
/// visits the second starts at the same time (`simultaneous`) or the smallest allowed distance after the
/// first (`sequential`). Invalid entries become rejects; a solution is refused with `import.is_solution`,
/// other JSON with `import.not_instance`.
pub(crate) fn visits(input: &Input) -> Result<Instance> {
    let file: File = serde_json::from_reader(json_file::open(input)?)
        .map_err(|error| json_file::json_error(input, NOT_INSTANCE, 0, error))?;
    let (patients, services) = match (file.patients, file.services, file.routes) {
        (None, _, Some(_)) => return Err(is_solution(input)),
        (Some(patients), Some(services), _) => (patients, services),
        _ => return Err(not_instance(input)),
    };
    let services = services.into_iter().map(|service| (service.id, service.default_duration)).collect();
    let name = input.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut reading = Reading {
        services,
        seen: HashSet::new(),
        instance: Instance { name, visits: vec![], rejects: vec![] },
    };
    for (position, patient) in patients.into_iter().enumerate() {
        reading.patient(position, patient);
    }
    Ok(reading.instance)
}

#[derive(Deserialize)]
struct File {
    patients: Option<Vec<Patient>>,
    services: Option<Vec<Service>>,
    /// Only solutions have routes.
    routes: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Service {
    id: String,
    default_duration: Option<Value>,
}

#[derive(Deserialize)]
struct Patient {
    id: Option<String>,
    time_window: Option<Value>,
    #[serde(default)]
    required_caregivers: Vec<Caregiver>,
    synchronization: Option<Synchronization>,
}

#[derive(Deserialize)]
struct Caregiver {
    service: String,
    duration: Option<Value>,
}

#[derive(Deserialize)]
struct Synchronization {
    #[serde(rename = "type")]
    kind: String,
    distance: Option<Value>,
}

/// The state while an instance is read.
struct Reading {
    services: HashMap<String, Option<Value>>,
    seen: HashSet<String>,
    instance: Instance,
}

impl Reading {
    fn patient(&mut self, position: usize, patient: Patient) {
        let place = match &patient.id {
            Some(id) => format!("patient `{id}`"),
            None => format!("patient number {}", position.saturating_add(1)),
        };
        match self.identity(patient.id.as_deref()).and_then(|id| Ok((id, starts(&patient)?))) {
            Ok((id, starts)) => {
                for (number, (caregiver, start)) in
                    (1..).zip(patient.required_caregivers.into_iter().zip(starts))
                {
                    self.visit(&id, number, start, caregiver);
                }
            }
            Err(reason) => self.instance.rejects.push(InstanceReject { patient: patient.id, place, reason }),
        }
    }

    fn identity(&mut self, id: Option<&str>) -> Result<String, String> {
        let id = id.filter(|id| !id.trim().is_empty()).ok_or("the patient has no `id`")?;
        limit::LINE.hold_cell(id).map_err(|reason| format!("`id` {reason}"))?;
        if self.seen.insert(id.to_owned()) {
            Ok(id.to_owned())
        } else {
            Err("the `id` was already used".to_owned())
        }
    }

    fn visit(&mut self, patient: &str, number: usize, start_minute: i64, caregiver: Caregiver) {
        let service = caregiver.service;
        match self.duration(&service, caregiver.duration.as_ref()) {
            Ok(duration_minutes) => {
                let source_id = format!("{}/{patient}/{service}/{number}", self.instance.name);
                let patient = patient.to_owned();
                let visit = InstanceVisit { patient, service, start_minute, duration_minutes, source_id };
                self.instance.visits.push(visit);
            }
            Err(reason) => {
                let place = format!("patient `{patient}`, visit {number}");
                let patient = Some(patient.to_owned());
                self.instance.rejects.push(InstanceReject { patient, place, reason });
            }
        }
    }

    fn duration(&self, service: &str, own: Option<&Value>) -> Result<i64, String> {
        let known = self
            .services
            .get(service)
            .ok_or_else(|| format!("service `{service}` is not in the instance"))?;
        let value = own
            .or(known.as_ref())
            .ok_or_else(|| format!("neither the visit nor service `{service}` has a duration"))?;
        let duration = minutes("duration", value)?;
        match duration {
            1..=MINUTES_OF_A_DAY => Ok(duration),
            _ => Err(format!("duration `{value}` is not between 1 minute and a day")),
        }
    }
}

/// When each of the patient's visits starts.
fn starts(patient: &Patient) -> Result<Vec<i64>, String> {
    let first = window_start(patient.time_window.as_ref().ok_or("the patient has no `time_window`")?)?;
    match (patient.required_caregivers.len(), &patient.synchronization) {
        (0, _) => Err("the patient requires no caregiver".to_owned()),
        (1, _) => Ok(vec![first]),
        (2, Some(synchronization)) => Ok(vec![first, second_start(first, synchronization)?]),
        (2, None) => Err("two caregivers are required without a `synchronization`".to_owned()),
        (count, _) => Err(format!("{count} caregivers are required; an instance knows one or two")),
    }
}

fn window_start(window: &Value) -> Result<i64, String> {
    let [from, to] = pair("time_window", window)?;
    if (0..MINUTES_OF_A_DAY).contains(&from) && from <= to {
        Ok(from)
    } else {
        Err(format!("time_window `{window}` does not open within the day or closes before it opens"))
    }
}

fn second_start(first: i64, synchronization: &Synchronization) -> Result<i64, String> {
    match synchronization.kind.as_str() {
        "simultaneous" => Ok(first),
        "sequential" => {
            let distance = synchronization.distance.as_ref().ok_or("a sequential visit has no `distance`")?;
            let [least, most] = pair("distance", distance)?;
            let second = first.saturating_add(least);
            if least >= 0 && least <= most && second < MINUTES_OF_A_DAY {
                Ok(second)
            } else {
                Err(format!("distance `{distance}` does not lead to a second visit on the same day"))
            }
        }
        other => Err(format!("synchronization `{other}` is neither simultaneous nor sequential")),
    }
}

fn pair(field: &str, value: &Value) -> Result<[i64; 2], String> {
    match value.as_array().map(Vec::as_slice) {
        Some([from, to]) => Ok([minutes(field, from)?, minutes(field, to)?]),
        _ => Err(format!("{field} `{value}` is not a pair of numbers")),
    }
}

/// Whole minutes from an integer or a fraction; some dialects write `345.0`.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked just before")]
fn minutes(field: &str, value: &Value) -> Result<i64, String> {
    let number = value.as_f64().ok_or_else(|| format!("{field} `{value}` is not a number"))?;
    if number.is_finite() && number.abs() < 1e9 {
        Ok(number.round() as i64)
    } else {
        Err(format!("{field} `{value}` is not a number of minutes"))
    }
}

fn is_solution(input: &Input) -> Error {
    let message =
        format!("`{}` is a solution, the routes of caregivers, not an instance with patients", input.name());
    Error::invalid("import.is_solution", message).hint("give the instance that it solves")
}

fn not_instance(input: &Input) -> Error {
    let message =
        format!("`{}` is not a home-care instance: it has no `patients` or no `services`", input.name());
    Error::invalid(NOT_INSTANCE.0, message)
}
