//! Printing on Windows: the printers the system lists, and the viewer's own “print to”.
//!
//! Windows cannot print a PDF by itself; the program that opens PDFs does, if it offers the verb.
//! Compiled everywhere so that it cannot rot; nobody has run it on Windows yet (see the README).

use std::path::Path;
use std::process::Command;

use super::Printer;

/// Lists name, default and whether the printer is offline, one printer a line.
const LIST: &str = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Get-CimInstance Win32_Printer | \
     ForEach-Object { \"$($_.Name)`t$($_.Default)`t$($_.WorkOffline)\" }";
/// Prints the file of the first argument on the printer of the second.
const PRINT: &str = "Start-Process -FilePath $env:JUWUTAI_FILE -Verb PrintTo \
     -ArgumentList ('\"' + $env:JUWUTAI_PRINTER + '\"') -WindowStyle Hidden";

/// The printers of this computer.
pub(super) fn printers() -> Vec<Printer> {
    let output = shell(LIST).output();
    let words = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    words.unwrap_or_default().lines().filter_map(printer).collect()
}

/// Asks the program that opens PDFs to print; whether it could be asked.
pub(super) fn print(file: &Path, printer: &str) -> bool {
    // Names travel in the environment: no quoting that a name could break.
    let mut asked = shell(PRINT);
    asked.env("JUWUTAI_FILE", file).env("JUWUTAI_PRINTER", printer);
    asked.status().is_ok_and(|status| status.success())
}

fn shell(words: &str) -> Command {
    let mut shell = Command::new("powershell");
    shell.args(["-NoProfile", "-NonInteractive", "-Command", words]);
    shell
}

fn printer(line: &str) -> Option<Printer> {
    let mut parts = line.trim_end().split('\t');
    let name = parts.next().filter(|name| !name.is_empty())?;
    let is_default = parts.next()? == "True";
    let is_offline = parts.next()? == "True";
    Some(Printer {
        name: name.to_owned(),
        title: name.to_owned(),
        is_default,
        trouble: is_offline.then(|| "没有连上".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn lines_of_the_system_are_understood() {
        let found = printer("二楼 HP\tTrue\tFalse\r").unwrap();
        assert_eq!((found.name.as_str(), found.is_default, found.trouble), ("二楼 HP", true, None));
        assert_eq!(printer("Fax\tFalse\tTrue").unwrap().trouble.as_deref(), Some("没有连上"));
        assert!(printer("").is_none() && printer("half").is_none());
    }
}
