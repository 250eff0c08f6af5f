#![expect(dead_code)]
mod error;
mod interchange;
mod model;

fn main() {}
