//! `juwutai serve`: the same commands and the built window over HTTP, on this machine only.
//!
//! For browser tests and for PCs whose system cannot run the window. It listens on the loopback
//! address, refuses requests that come from another page, and writes uploads to a folder of its own.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use juwutai_core::api;
use juwutai_core::progress::Progress;
use serde_json::{Value, json};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::arguments::Global;
use crate::say;
use crate::session::{Failure, Session};

/// Threads that answer; the office itself answers one call at a time.
const THREADS: usize = 4;
/// Bytes an upload or request may have at most, as reading a file does.
const BYTES_AT_MOST: u64 = 50 * 1024 * 1024;

struct Served {
    session: Mutex<Session>,
    jobs: Mutex<HashMap<String, Progress>>,
    ui: Option<PathBuf>,
    uploads: PathBuf,
    origin: String,
}

/// Serves until the process is ended.
pub fn run(global: &Global, port: u16, ui: Option<PathBuf>) -> Result<(), Failure> {
    let session = Session::open(global)?;
    let uploads = session.office.folder().join("uploads");
    let server = Server::http(("127.0.0.1", port))
        .map_err(|_| Failure::File(format!("端口 {port} 用不了，请用 --port 换一个")))?;
    let address = server.server_addr().to_ip().map(|ip| ip.to_string()).unwrap_or_default();
    let origin = format!("http://{address}");
    say::line(&format!("请在浏览器里打开 {origin} （只有这台电脑能用；按 Ctrl+C 停止）"));
    let served = Arc::new(Served {
        session: Mutex::new(session),
        jobs: Mutex::default(),
        ui: ui.or_else(built_ui),
        uploads,
        origin,
    });
    let server = Arc::new(server);
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (server, served) = (Arc::clone(&server), Arc::clone(&served));
            std::thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    served.answer(request);
                }
            })
        })
        .collect();
    for thread in threads {
        let _ = thread.join();
    }
    Ok(())
}

/// The built window beside the program or in the folder it is run from.
fn built_ui() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("ui")));
    [beside, Some(PathBuf::from("ui/dist"))]
        .into_iter()
        .flatten()
        .find(|folder| folder.join("index.html").exists())
}

impl Served {
    fn answer(&self, mut request: Request) {
        let url = request.url().to_owned();
        let (path, query) = url.split_once('?').unwrap_or((&url, ""));
        let reply = match (request.method(), path) {
            (Method::Post, _) if self.is_foreign(&request) => status(403),
            (Method::Post, path) if path.starts_with("/call/") => self.call(&path[6..], &mut request),
            (Method::Post, path) if path.starts_with("/job/") && path.ends_with("/cancel") => {
                self.cancel(&path[5..path.len() - 7])
            }
            (Method::Get, path) if path.starts_with("/job/") => self.progress(&path[5..]),
            (Method::Post, "/upload") => self.upload(query, &mut request),
            (Method::Get, path) => self.file(path),
            _ => status(405),
        };
        let _ = request.respond(reply);
    }

    /// A page of another origin must not reach the office.
    fn is_foreign(&self, request: &Request) -> bool {
        let header = |name: &'static str| {
            request
                .headers()
                .iter()
                .find(|header| header.field.equiv(name))
                .map(|header| header.value.as_str())
        };
        let host =
            header("host").is_some_and(|host| format!("http://{host}") != self.origin && !is_local(host));
        let origin = header("origin").is_some_and(|origin| {
            origin != self.origin && !origin.strip_prefix("http://").is_some_and(is_local)
        });
        host || origin
    }

    fn call(&self, name: &str, request: &mut Request) -> Body {
        let job = request
            .headers()
            .iter()
            .find(|header| header.field.equiv("x-job"))
            .map(|header| header.value.as_str().to_owned());
        let body = match read(request) {
            Some(body) => serde_json::from_slice(&body).unwrap_or(Value::Null),
            None => return status(413),
        };
        let progress = Progress::new();
        if let Some(job) = &job {
            self.jobs.lock().unwrap_or_else(PoisonError::into_inner).insert(job.clone(), progress.clone());
        }
        let reply = {
            let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
            let office = &mut session.office;
            let call = std::panic::AssertUnwindSafe(|| api::call(office, name, body, &progress));
            std::panic::catch_unwind(call).unwrap_or_else(|_| {
                api::failure(&juwutai_core::error::Error::Bug("a command panicked".into()))
            })
        };
        if let Some(job) = &job {
            self.jobs.lock().unwrap_or_else(PoisonError::into_inner).remove(job);
        }
        json_body(&reply)
    }

    fn cancel(&self, job: &str) -> Body {
        if let Some(progress) = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).get(job) {
            progress.cancel();
        }
        json_body(&Value::Null)
    }

    fn progress(&self, job: &str) -> Body {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        json_body(&jobs.get(job).map_or(Value::Null, |progress| json!(progress.seen())))
    }

    fn upload(&self, query: &str, request: &mut Request) -> Body {
        let name = query.strip_prefix("name=").map(decoded).unwrap_or_default();
        let name = Path::new(&name).file_name().map(PathBuf::from).unwrap_or_else(|| "sheet".into());
        let Some(body) = read(request) else { return status(413) };
        let path = self.uploads.join(name);
        let written = std::fs::create_dir_all(&self.uploads).and_then(|()| std::fs::write(&path, body));
        if written.is_err() { status(507) } else { json_body(&json!({ "path": path })) }
    }

    fn file(&self, path: &str) -> Body {
        let Some(ui) = &self.ui else { return status(404) };
        let relative = Path::new(path.trim_start_matches('/'));
        if relative.components().any(|part| !matches!(part, Component::Normal(_))) {
            return status(404);
        }
        let wanted = ui.join(relative);
        let wanted = if wanted.is_file() { wanted } else { ui.join("index.html") };
        match std::fs::read(&wanted) {
            Ok(bytes) => body(bytes, content_type(&wanted)),
            Err(_) => status(404),
        }
    }
}

type Body = Response<std::io::Cursor<Vec<u8>>>;

fn is_local(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// The body of a request, unless it is too large.
fn read(request: &mut Request) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    request.as_reader().take(BYTES_AT_MOST + 1).read_to_end(&mut body).ok()?;
    (body.len() as u64 <= BYTES_AT_MOST).then_some(body)
}

fn status(code: u16) -> Body {
    Response::from_data(Vec::new()).with_status_code(code)
}

fn json_body(value: &Value) -> Body {
    body(value.to_string().into_bytes(), "application/json; charset=utf-8")
}

fn body(bytes: Vec<u8>, kind: &str) -> Body {
    let mut response = Response::from_data(bytes);
    let headers = [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        (
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; \
             worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ];
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    response
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// Percent-decoded text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (first, _) => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
