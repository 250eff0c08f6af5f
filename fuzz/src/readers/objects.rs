//! Files of one JSON document or of lines of it.

use super::{Choice, honest, input, today};
use crate::interchange::{accounts, clients, fhir, hhcrsp, hsds, visits};
use crate::model::visit_plan::VisitPlan;

pub(super) fn objects(data: &[u8]) {
    let Some(Choice { reader, how, zone, rest, .. }) = Choice::of(data) else { return };
    let file = input("x.json", rest);
    match reader % 6 {
        0 => drop(honest(fhir::patients(&file, &how, "", &mut |_| Ok(())))),
        1 => drop(honest(hsds::read(&file, &how))),
        2 => {
            if let Some(instance) = honest(hhcrsp::visits(&file)) {
                honest(VisitPlan::of_instance(instance, &[], today(), zone));
            }
        }
        3 => {
            if let Some(mut rows) = honest(clients::open(&file, &how)) {
                while let Some(Some(_)) = honest(rows.next()) {}
            }
        }
        4 => drop(honest(visits::read(&file, &how, today(), zone))),
        _ => drop(honest(accounts::read(&file, &how, true, &mut |_| Ok(())))),
    }
}
