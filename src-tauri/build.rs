//! Embeds the window's configuration and names the commands that a page may be allowed to call.

/// Every command of the shell; `capabilities/main.json` allows them to the main window one by one.
const COMMANDS: &[&str] = &[
    "call",
    "cancel",
    "pick_file",
    "pick_folder",
    "save_file",
    "reveal",
    "printers",
    "print_pdf",
    "set_zoom",
];

#[allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The page is embedded, so a new page is a new program.
    println!("cargo:rerun-if-changed=../ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
