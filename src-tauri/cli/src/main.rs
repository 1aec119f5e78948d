//! The command-line companion `juwutai`.
fn main() {}
