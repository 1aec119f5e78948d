//! Printing through CUPS by its own commands `lpstat`, `lpoptions` and `lp`.
//!
//! Spawning them needs no library at build time, and nothing where there is no CUPS.

use std::io::Write;
use std::process::{Command, Stdio};

use super::{Choices, Media, Printer, Sides};

/// Words of CUPS for a printer that will not print, and ours.
const TROUBLES: [(&str, &str); 8] = [
    ("media-empty", "没有纸了"),
    ("media-needed", "没有纸了"),
    ("media-jam", "卡纸了"),
    ("toner-empty", "没有墨粉了"),
    ("marker-supply-empty", "没有墨了"),
    ("door-open", "盖子开着"),
    ("cover-open", "盖子开着"),
    ("offline", "没有连上"),
];

/// The printers of this computer.
pub(super) fn printers() -> Vec<Printer> {
    let Some(names) = said("lpstat", &["-e"]) else { return Vec::new() };
    let default = said("lpstat", &["-d"]).and_then(|words| default_of(&words));
    names
        .lines()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| {
            let options = said("lpoptions", &["-p", name]).unwrap_or_default();
            printer(name, &options, default.as_deref() == Some(name))
        })
        .collect()
}

/// Hands the bytes over without a copy on the disk; the number of the job, or nothing when no printer
/// took it.
pub(super) fn print(bytes: &[u8], choices: &Choices) -> Option<String> {
    let mut lp = Command::new("lp");
    lp.args(arguments(choices)).env("LC_ALL", "C").stderr(Stdio::null());
    let mut running = lp.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let written = running.stdin.take()?.write_all(bytes);
    let ended = running.wait_with_output().ok()?;
    let words = String::from_utf8_lossy(&ended.stdout);
    (written.is_ok() && ended.status.success()).then(|| job_of(&words).unwrap_or_default())
}

/// What `lp` is told. The title of the job is ASCII: print systems mangle others.
fn arguments(choices: &Choices) -> Vec<String> {
    let mut arguments = vec!["-t".to_owned(), "juwutai".into()];
    if let Some(printer) = &choices.printer {
        arguments.extend(["-d".into(), printer.clone()]);
    }
    arguments.extend(["-n".into(), choices.copies.max(1).to_string()]);
    let media = match choices.media {
        Media::A4 => "A4",
        Media::A3 => "A3",
    };
    let sides = match choices.sides {
        Sides::One => "one-sided",
        Sides::LongEdge => "two-sided-long-edge",
        Sides::ShortEdge => "two-sided-short-edge",
    };
    arguments.extend(["-o".into(), format!("media={media}"), "-o".into(), format!("sides={sides}")]);
    // A page larger than the paper is made smaller, never cut off.
    arguments.extend(["-o".into(), "print-scaling=auto-fit".into()]);
    if let Some((first, last)) = choices.pages {
        arguments.extend(["-P".into(), format!("{first}-{last}")]);
    }
    arguments.push("-".into());
    arguments
}

/// `system default destination: Office`.
fn default_of(words: &str) -> Option<String> {
    words.trim().strip_prefix("system default destination:").map(|name| name.trim().to_owned())
}

/// `request id is Office-12 (1 file(s))`.
fn job_of(words: &str) -> Option<String> {
    words.split_whitespace().nth(3).map(str::to_owned)
}

fn printer(name: &str, options: &str, is_default: bool) -> Printer {
    let title = option(options, "printer-info").filter(|title| !title.trim().is_empty());
    let reasons = option(options, "printer-state-reasons").unwrap_or_default();
    let is_stopped = option(options, "printer-state").is_some_and(|state| state == "5");
    let refuses = option(options, "printer-is-accepting-jobs").is_some_and(|accepts| accepts == "false");
    let trouble = TROUBLES.iter().find(|(word, _)| reasons.contains(word)).map(|(_, ours)| *ours);
    let trouble = trouble.or(if is_stopped || refuses { Some("已停用") } else { None });
    Printer {
        name: name.to_owned(),
        title: title.unwrap_or_else(|| name.to_owned()),
        is_default,
        trouble: trouble.map(str::to_owned),
    }
}

/// The value of `name=value` or `name='value with spaces'` in a line of options.
fn option(options: &str, name: &str) -> Option<String> {
    let begin = options.find(&format!("{name}="))? + name.len() + 1;
    let rest = &options[begin..];
    let value = match rest.strip_prefix('\'') {
        Some(quoted) => quoted.split('\'').next(),
        None => rest.split_whitespace().next(),
    };
    value.map(str::to_owned)
}

fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).env("LC_ALL", "C.UTF-8").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_cups_are_understood() {
        assert_eq!(default_of("system default destination: Office\n").as_deref(), Some("Office"));
        assert_eq!(default_of("no system default destination\n"), None);
        assert_eq!(job_of("request id is Office-12 (1 file(s))\n").as_deref(), Some("Office-12"));
    }

    #[test]
    fn a_printer_says_what_keeps_it_from_printing() {
        let ready = "printer-info='二楼打印机' printer-is-accepting-jobs=true printer-state=3 \
                     printer-state-reasons=none";
        assert_eq!(
            printer("Office", ready, true),
            Printer {
                name: "Office".into(), title: "二楼打印机".into(), is_default: true, trouble: None
            }
        );
        for (options, trouble) in [
            ("printer-state=3 printer-state-reasons=media-empty-error", "没有纸了"),
            ("printer-state=5 printer-state-reasons=paused", "已停用"),
            ("printer-is-accepting-jobs=false printer-state=3", "已停用"),
        ] {
            let printer = printer("Office", options, false);
            assert_eq!((printer.title.as_str(), printer.trouble.as_deref()), ("Office", Some(trouble)));
        }
    }

    #[test]
    fn choices_become_the_words_of_lp() {
        let choices = Choices {
            printer: Some("Office".into()),
            copies: 3,
            sides: Sides::LongEdge,
            pages: Some((2, 4)),
            media: Media::A3,
        };
        let words = arguments(&choices).join(" ");
        assert_eq!(
            words,
            "-t juwutai -d Office -n 3 -o media=A3 -o sides=two-sided-long-edge \
                    -o print-scaling=auto-fit -P 2-4 -"
        );
        assert_eq!(
            arguments(&Choices::default()).join(" "),
            "-t juwutai -n 1 -o media=A4 -o sides=one-sided -o print-scaling=auto-fit -"
        );
    }
}
