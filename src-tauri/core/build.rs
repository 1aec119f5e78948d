//! Builds the core anew when a file of `assets/` comes, goes or changes: they are all embedded.

#[allow(clippy::print_stdout, reason = "a build script talks to cargo by printing")]
fn main() {
    for folder in ["dictionary", "ledgers", "codes", "help", "sample", "fonts", "papers"] {
        println!("cargo:rerun-if-changed=../../assets/{folder}");
    }
    println!("cargo:rerun-if-changed=../../assets/filter.toml");
}
