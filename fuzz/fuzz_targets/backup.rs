#![no_main]

caredesk_fuzz::fuzz_target!(|data: &[u8]| caredesk_fuzz::read("backup", data));
