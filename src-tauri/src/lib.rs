//! The window of Juwutai: opens the office of this computer and shows the page.
//!
//! A transport and nothing more: [`bridge`] carries named calls to the core, [`jobs`] carries
//! progress and cancelling, [`platform`] asks the operating system for dialogs and folders, [`print`]
//! for paper. What the calls mean is unknown here.

use std::process::ExitCode;

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, RunEvent, Runtime, Url};

mod bridge;
mod jobs;
mod platform;
mod print;
mod start;

/// Runs the window until it is closed.
#[must_use]
pub fn run() -> ExitCode {
    start::settle_environment();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| show_main_window(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .plugin(stay_in_the_app())
        .manage(jobs::Jobs::default())
        .manage(print::Printouts::default())
        .setup(|app| {
            app.manage(bridge::Desk::open(start::data_folder(app.handle())?));
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            bridge::call,
            jobs::cancel,
            platform::pick_file,
            platform::pick_folder,
            platform::save_file,
            platform::reveal,
            print::printers,
            print::print_pdf,
            platform::set_zoom
        ])
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|app, event| {
                if matches!(event, RunEvent::ExitRequested { .. }) {
                    app.state::<jobs::Jobs>().cancel_all();
                }
                app.state::<print::Printouts>().clear_at_end(&event);
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            start::complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// Brings the window to the front when the program is started a second time.
fn show_main_window(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // A window that cannot come forward is no reason to disturb the clerk.
        drop(window.unminimize());
        drop(window.set_focus());
    }
}

/// Keeps the window on the built page: a content policy alone does not stop navigation.
fn stay_in_the_app<R: Runtime>() -> TauriPlugin<R> {
    tauri::plugin::Builder::new("stay-in-the-app").on_navigation(|_, url| belongs_to_the_app(url)).build()
}

fn belongs_to_the_app(url: &Url) -> bool {
    match url.scheme() {
        "tauri" | "blob" | "about" => true,
        "http" | "https" if url.host_str() == Some("tauri.localhost") => true,
        "http" => tauri::is_dev() && url.host_str() == Some("localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_window_never_leaves_the_app() {
        for (url, stays) in [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("about:blank", true),
            ("http://127.0.0.1:8000/", false),
            ("https://example.com/tauri.localhost", false),
            ("file:///etc/hosts", false),
            ("data:text/html,x", false),
        ] {
            assert_eq!(belongs_to_the_app(&Url::parse(url).unwrap()), stays, "{url}");
        }
    }
}
