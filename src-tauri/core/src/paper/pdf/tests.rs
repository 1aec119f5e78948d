//! PDF smoke tests with the tools of poppler and qpdf; a missing tool fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::path::Path;
use std::process::Command;

use super::super::document::Document;
use super::super::sample;
use super::render;

/// Runs a tool on a file and returns what it prints.
fn tool(name: &str, arguments: &[&str], file: &Path) -> String {
    let mut command = Command::new(name);
    let (before, after): (Vec<&str>, Vec<&str>) = arguments.iter().partition(|argument| **argument != "-");
    let output = command.args(before).arg(file).args(after).output();
    let output = output.unwrap_or_else(|error| {
        panic!("{name} is needed for this test (Debian packages poppler-utils and qpdf): {error}")
    });
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn written(document: &Document) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, render(document).unwrap().bytes).unwrap();
    (folder, path)
}

#[test]
fn file_is_sound_and_says_what_it_is() {
    let (_folder, path) = written(&sample::care_list(112));
    assert!(tool("qpdf", &["--check"], &path).contains("No syntax or stream encoding errors"));
    let info = tool("pdfinfo", &[], &path);
    for words in
        ["独居、孤老及高龄老人关爱台账", "春晓里社区居民委员会", "PDF version:     1.7", "Pages:           4"]
    {
        assert!(info.contains(words), "pdfinfo lacks {words}:\n{info}");
    }
    for line in tool("pdffonts", &[], &path).lines().skip(2) {
        assert!(line.contains("yes yes yes"), "a face is not embedded, subset and searchable: {line}");
    }
}

#[test]
fn same_document_gives_the_same_bytes() {
    let document = sample::care_list(40);
    assert_eq!(render(&document).unwrap().bytes, render(&document).unwrap().bytes);
}

#[test]
fn every_cell_is_found_and_the_file_is_small() {
    let document = sample::plain_list(3000);
    let rendered = render(&document).unwrap();
    assert!(rendered.bytes.len() <= 900_000, "3,000 × 8 take {} bytes", rendered.bytes.len());
    let (_folder, path) = written(&document);
    let found = tool("pdftotext", &["-raw", "-"], &path);
    let joined: String = found.split_whitespace().collect();
    for cell in document.tables().flat_map(|table| &table.rows).flatten() {
        assert!(joined.contains(&cell.text), "pdftotext does not find {}", cell.text);
    }
    assert_eq!(found.matches("现居住地址").count(), rendered.pages, "the head stands on every page");
}

#[test]
fn spread_names_are_found_as_one_word() {
    let (_folder, path) = written(&sample::care_list(12));
    let found = tool("pdftotext", &["-raw", "-"], &path);
    assert!(found.contains("王芳") && !found.contains("王 芳"), "{found}");
}

#[test]
fn headings_are_bookmarks_in_reading_order() {
    let bytes = render(&sample::mixed_paper()).unwrap().bytes;
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let titles: Vec<String> = file.get_toc().unwrap().toc.into_iter().map(|entry| entry.title).collect();
    assert_eq!(titles[1..], ["一、走访情况", "（一）按楼栋", "二、下一步打算"]);
}

#[test]
#[ignore = "writes samples to look at"]
fn samples_to_look_at() {
    let folder = std::env::temp_dir().join("juwutai-paper");
    std::fs::create_dir_all(&folder).unwrap();
    let lists = [
        ("care", sample::care_list(112)),
        ("plain", sample::plain_list(120)),
        ("mixed", sample::mixed_paper()),
    ];
    let models = [sample::letters::all(), sample::lists::all(), sample::slips::all()].concat();
    for (name, document) in lists.into_iter().chain(models) {
        let rendered = render(&document).unwrap();
        std::fs::write(folder.join(name).with_extension("pdf"), rendered.bytes).unwrap();
    }
}
