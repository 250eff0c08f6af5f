#![expect(dead_code)]
mod error;

fn main() {}
