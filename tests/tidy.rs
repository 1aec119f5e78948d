//! The law of the code, executable: what ARCHITECTURE.md forbids is looked for in every file.
//!
//! An exception stands in an allow-list here, each with its reason; nowhere else.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::path::Path;

use juwutai_core::api;

use crate::support::{check_digit, root};

/// Folders that hold nothing written by hand, or nothing of the project.
const NOT_OURS: &[&str] = &[".git", "node_modules", "target", "dist", "out", "gen"];

/// Rust files longer than the law allows: path and reason.
const LONG_FILES: &[(&str, &str)] = &[];

/// Files outside a `store` that build SQL: path and reason.
const BUILDS_SQL: &[(&str, &str)] = &[
    ("src-tauri/core/src/ledger/view.rs", "builds the conditions of a view for ledger/store.rs to run"),
    ("src-tauri/core/src/ledger/filter.rs", "turns the clerk's words into conditions, values always bound"),
];

/// Commands that no page asks for: name and reason.
const NO_PAGE_ASKS: &[(&str, &str)] = &[
    ("office.check", "the command line's `check`, and the tests"),
    ("report.list", "the command line lists them; the page offers the one kind there is"),
];

/// Modules of core from the lowest layer to the highest.
const LAYERS: &[&[&str]] = &[
    &["value", "error", "clock", "progress"],
    &["paper"],
    &["dictionary", "catalog"],
    &["store", "op", "office"],
    &["fact", "place", "household", "resident", "search", "calendar"],
    &["committee", "ledger", "import", "matter", "meeting", "report", "history", "home", "help"],
    &["api"],
];

/// Uses of a higher layer: file, module and reason.
const LOOKS_UP: &[(&str, &str, &str)] = &[
    ("office.rs", "import", "keeps the workbooks laid out for import between two calls"),
    ("office.rs", "ledger", "keeps the ledger kinds made by clerks at hand"),
    ("office.rs", "search", "refreshes search keys within the op that made them stale"),
    ("op.rs", "import", "an import's figures are part of what its op says"),
    ("resident/api.rs", "history", "the card says where a fact came from"),
    ("resident/api.rs", "import", "and from which cell of which sheet"),
    ("resident/api.rs", "ledger", "the card lists the ledgers a person is in"),
];

/// A text file of the project.
struct Source {
    /// Path from the top folder, with `/`.
    path: String,
    text: String,
}

impl Source {
    fn is(&self, ending: &str) -> bool {
        self.path.ends_with(ending)
    }

    fn is_under(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// Whether the file holds tests and nothing else.
    fn is_test(&self) -> bool {
        let tests = [
            "/paper/sample.rs",
            "/tests.rs",
            "/tests/",
            "/testing.rs",
            ".test.ts",
            ".spec.mjs",
            "/fake.ts",
            "/fake/",
            ".example.vue",
        ];
        self.is_under("tests/") || tests.iter().any(|part| self.path.contains(part))
    }

    /// The Rust code without its tests and without lines that are comments, by line number.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines
            .take_while(|(_, line)| !line.starts_with("#[cfg(test)]") || !self.tests_follow())
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(number, line)| (number + 1, line))
    }

    /// Whether the file ends in a module of tests.
    fn tests_follow(&self) -> bool {
        self.text.contains("#[cfg(test)]\nmod tests {")
    }

    fn rust_length(&self) -> usize {
        let own = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        own.lines().count()
    }
}

fn walk(folder: &Path, visit: &mut impl FnMut(&str, &Path)) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            walk(&path, visit);
        } else {
            let from_top = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            visit(&from_top, &path);
        }
    }
}

/// All text files of the project.
fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    walk(&root(), &mut |from_top, path| {
        if let Ok(text) = std::fs::read_to_string(path) {
            sources.push(Source { path: from_top.to_owned(), text });
        }
    });
    assert!(sources.len() > 200, "the walk finds the project");
    sources
}

/// Rust files of a folder without their tests.
fn rust(folder: &str) -> Vec<Source> {
    sources()
        .into_iter()
        .filter(|source| source.is(".rs") && source.is_under(folder) && !source.is_test())
        .collect()
}

fn ui() -> Vec<Source> {
    let is_page = |source: &Source| source.is(".vue") || source.is(".ts") || source.is(".css");
    sources().into_iter().filter(|source| source.is_under("ui/src/") && is_page(source)).collect()
}

/// Fails with every breach at once.
fn obey(law: &str, breaches: Vec<String>) {
    assert!(breaches.is_empty(), "{law}:\n  {}", breaches.join("\n  "));
}

/// Every line of code that says one of the words.
fn lines_with(sources: &[Source], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in source.code() {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                found.push(format!("{}:{number} says {word}", source.path));
            }
        }
    }
    found
}

#[test]
fn files_stay_short() {
    let mut breaches = Vec::new();
    for source in sources() {
        let (length, most) = match () {
            () if source.is(".vue") => (source.text.lines().count(), 250),
            () if source.is(".rs") && !source.is_test() => (source.rust_length(), 500),
            () => continue,
        };
        let is_allowed = LONG_FILES.iter().any(|(path, _)| *path == source.path);
        if length > most && !is_allowed {
            breaches.push(format!("{} has {length} lines, {most} at most", source.path));
        }
        if is_allowed && length <= most {
            breaches.push(format!("{} is short enough now; take it off the list", source.path));
        }
    }
    obey("Files stay short", breaches);
}

#[test]
fn every_file_says_what_lives_there() {
    let mut breaches = Vec::new();
    for source in sources() {
        let first = source.text.lines().next().unwrap_or_default();
        let is_said = match () {
            () if source.is(".rs") => first.starts_with("//! "),
            () if source.is(".vue") => first.starts_with("<!-- ") && first.ends_with(" -->"),
            () => true,
        };
        if !is_said {
            breaches.push(format!("{} begins with {first:?}", source.path));
        }
    }
    obey("A file begins with what lives there", breaches);
}

#[test]
fn every_folder_of_core_has_its_header() {
    let core = root().join("src-tauri/core/src");
    let mut breaches = Vec::new();
    for entry in std::fs::read_dir(&core).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        let header = std::fs::read_to_string(entry.path().join("mod.rs")).unwrap_or_default();
        if !header.starts_with("//! ") {
            breaches
                .push(format!("{} has no mod.rs that says what it is", entry.file_name().to_string_lossy()));
        }
    }
    obey("A feature folder opens with its mod.rs", breaches);
}

#[test]
fn sql_lives_in_stores() {
    let words = [
        "select ",
        "insert into ",
        "delete from ",
        "create table ",
        "pragma ",
        ".execute(",
        ".query_row(",
        ".query_map(",
        ".execute_batch(",
        ".prepare(",
        ".prepare_cached(",
    ];
    let mut code = rust("src-tauri/");
    code.retain(|source| {
        let is_store = source.is("/store.rs") || source.path.contains("/store/");
        !is_store && !BUILDS_SQL.iter().any(|(path, _)| *path == source.path)
    });
    obey("SQL lives in store.rs, .sql and store/", lines_with(&code, &words));
}

#[test]
fn core_knows_no_machine() {
    let words = [
        "tauri::",
        "tauri_plugin",
        "println!",
        "eprintln!",
        "env::var",
        "env::temp_dir",
        "env::current_dir",
        "SystemTime::now",
        "Utc::now",
    ];
    let code = rust("src-tauri/core/src/");
    let mut breaches = lines_with(&code, &words);
    let clocks: Vec<String> = lines_with(&code, &["Local::now"]);
    breaches.extend(clocks.into_iter().filter(|line| !line.contains("core/src/clock.rs")));
    obey("Core names no window, terminal, environment or system clock", breaches);
}

#[test]
fn the_shell_has_no_domain_word() {
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| source.is(".rs") && source.is_under("src-tauri/src/")) {
        for (number, line) in source.text.to_lowercase().lines().enumerate() {
            if ["ledger", "resident", "meeting"].iter().any(|word| line.contains(word)) {
                breaches.push(format!("{}:{}", source.path, number + 1));
            }
        }
    }
    obey("The shell has no domain word", breaches);
}

#[test]
fn nothing_stops_the_program() {
    let words = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "dbg!("];
    obey("No code but tests may stop the program", lines_with(&rust("src-tauri/"), &words));
}

#[test]
fn a_module_uses_only_what_stands_below_it() {
    let layer = |module: &str| LAYERS.iter().position(|layer| layer.contains(&module));
    let mut breaches = Vec::new();
    for source in rust("src-tauri/core/src/") {
        let path = source.path.trim_start_matches("src-tauri/core/src/");
        let module = path.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        let Some(own) = layer(module) else {
            if !["lib", "testing"].contains(&module) {
                breaches.push(format!("{module} has no layer"));
            }
            continue;
        };
        for used in modules_used(&source) {
            let is_allowed = LOOKS_UP.iter().any(|up| (up.0, up.1) == (path, used.as_str()));
            if layer(&used).is_some_and(|other| other > own) && !is_allowed {
                breaches.push(format!("{path} uses {used}, which stands above it"));
            }
        }
    }
    obey("A module uses only what stands below it", breaches);
}

/// Names that follow `crate::`, alone or in braces.
fn modules_used(source: &Source) -> BTreeSet<String> {
    let code: String = source.code().map(|(_, line)| line).collect();
    let mut used = BTreeSet::new();
    let word = |text: &str| {
        text.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("").to_owned()
    };
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(braces) => used.extend(braces.split('}').next().unwrap_or("").split(',').map(word)),
            None => drop(used.insert(word(rest))),
        }
    }
    used
}

#[test]
fn one_place_names_each_library_of_the_window() {
    let mut breaches = Vec::new();
    for source in ui() {
        for (library, home) in [("@tauri-apps", "ui/src/bridge/"), ("element-plus", "ui/src/kit/")] {
            if source.text.contains(library) && !source.is_under(home) {
                breaches.push(format!("{} names {library}", source.path));
            }
        }
        if source.is_under("ui/src/kit/") && !source.is_test() && source.text.contains("features/") {
            breaches.push(format!("{} knows a feature", source.path));
        }
        for import in source.text.split("from '@/features/").skip(1) {
            if import.split('\'').next().unwrap_or_default().contains('/') && !source.is_test() {
                breaches.push(format!("{} reaches past the index of a feature", source.path));
            }
        }
    }
    obey("Only the bridge names Tauri, only the kit names the widgets", breaches);
}

#[test]
fn every_command_is_asked_for() {
    // The table that types every command names all of them and asks for none.
    let is_table = |source: &Source| source.path == "ui/src/bridge/commands.ts";
    let mut pages = ui();
    pages.retain(|source| !source.is_test() && !is_table(source));
    let mut breaches = Vec::new();
    for name in api::names() {
        let is_asked = pages.iter().any(|page| page.text.contains(&format!("'{name}'")));
        let is_allowed = NO_PAGE_ASKS.iter().any(|(other, _)| *other == name);
        if is_asked == is_allowed {
            breaches.push(format!("{name}: asked {is_asked}, on the list {is_allowed}"));
        }
    }
    obey("A page asks for every command", breaches);
}

#[test]
fn every_page_has_its_help() {
    let mut breaches = Vec::new();
    let mut pages = 0;
    for source in ui().iter().filter(|source| source.is_under("ui/src/features/") && source.is("/index.ts")) {
        for route in source.text.split("path: '/").skip(1) {
            let word = route.split(['\'', '/', ':']).next().unwrap_or_default();
            let page = if word.is_empty() { "home" } else { word };
            pages += 1;
            if page != "help" && !root().join(format!("assets/help/{page}.md")).exists() {
                breaches.push(format!("assets/help/{page}.md is missing"));
            }
        }
    }
    assert!(pages >= 6, "routes are found: {pages}");
    obey("Every page has its help", breaches);
}

#[test]
fn titles_of_ledgers_are_data() {
    let all = sources();
    let titles: Vec<&str> = all
        .iter()
        .filter(|source| source.is_under("assets/ledgers/"))
        .filter_map(|source| source.text.lines().find_map(|line| line.strip_prefix("title = \"")))
        .map(|title| title.trim_end_matches('"'))
        .filter(|title| title.ends_with("台账"))
        .collect();
    assert!(titles.len() > 10, "ledgers have titles");
    let mut breaches = Vec::new();
    let is_code = |source: &&Source| source.is_under("src-tauri/core/src/") || source.is_under("ui/src/");
    for source in all.iter().filter(is_code).filter(|source| !source.is_test()) {
        for (number, line) in source.code() {
            if let Some(title) = titles
                .iter()
                .find(|title| line.contains(&format!("\"{title}")) || line.contains(&format!("'{title}")))
            {
                breaches.push(format!("{}:{number} says {title}", source.path));
            }
        }
    }
    obey("No title of a ledger stands in code", breaches);
}

#[test]
fn nobody_in_the_files_is_real() {
    let mut breaches = Vec::new();
    let mut fictional = 0;
    walk(&root(), &mut |from_top, path| {
        if !["assets/", "tests/", "ui/src/"].iter().any(|folder| from_top.starts_with(folder)) {
            return;
        }
        let bytes = std::fs::read(path).unwrap();
        for part in unpacked(bytes) {
            for number in id_numbers(&part) {
                if number.starts_with("990102") {
                    fictional += 1;
                } else {
                    breaches.push(format!("{from_top} holds {}…", &number[..6]));
                }
            }
        }
    });
    assert!(fictional > 1_000, "the numbers of the practice office are found: {fictional}");
    obey("Identity numbers are fictional (region 990102)", breaches);
}

/// The file itself, without the zeros of two-byte text; or the parts of a packed one.
fn unpacked(bytes: Vec<u8>) -> Vec<Vec<u8>> {
    if bytes.starts_with(b"PK\x03\x04") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let parts = (0..archive.len()).map(|position| {
            let mut part = Vec::new();
            archive.by_index(position).unwrap().read_to_end(&mut part).unwrap();
            part
        });
        return parts.collect();
    }
    let narrow: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    if narrow.len() == bytes.len() { vec![bytes] } else { vec![bytes, narrow] }
}

/// Identity numbers in the text: eighteen characters by themselves, a day within, the right digit.
fn id_numbers(text: &[u8]) -> Vec<String> {
    let runs = text.split(|byte| !byte.is_ascii_alphanumeric()).filter(|run| run.len() == 18);
    let is_day = |day: &[u8]| {
        let number = |part: &[u8]| part.iter().fold(0u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        (1900..2030).contains(&number(&day[..4]))
            && (1..=12).contains(&number(&day[4..6]))
            && (1..=31).contains(&number(&day[6..]))
    };
    let right = runs.filter(|run| {
        let first = &run[..17];
        first.iter().all(u8::is_ascii_digit)
            && is_day(&first[6..14])
            && run[17].to_ascii_uppercase() == check_digit(first)
    });
    right.map(|run| String::from_utf8_lossy(run).into_owned()).collect()
}

/// Whether a line says the word by itself, not as the end of a longer path of the project.
fn names(line: &str, word: &str) -> bool {
    let continues = |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || "_*.-".contains(c));
    line.match_indices(word).any(|(at, _)| !(word.starts_with('/') && continues(&line[..at])))
}

#[test]
fn no_file_names_a_machine() {
    let words = [
        concat!("/wo", "rk/"),
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/t", "mp/"),
        concat!("C:", "\\Users\\"),
        concat!("npm", "mirror"),
        concat!("rs", "proxy"),
        concat!("registry", ".npmjs"),
        concat!("index", ".crates.io"),
        concat!("arti", "factory"),
    ];
    let mut breaches = Vec::new();
    for source in sources() {
        for (number, line) in source.text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| names(line, word)) {
                breaches.push(format!("{}:{} says {word}", source.path, number + 1));
            }
        }
    }
    obey("No file names a machine or a package registry", breaches);
}
