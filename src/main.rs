#![expect(dead_code)]
mod error;
mod interchange;
mod output;

fn main() {}
