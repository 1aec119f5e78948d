//! PDF smoke tests with the tools of poppler and qpdf; a missing tool fails the test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::path::Path;
use std::process::Command;

use super::super::document::Document;
use super::super::sample;
use super::{render, render_all};

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
    assert!(rendered.bytes.len() <= 800_000, "3,000 × 8 take {} bytes", rendered.bytes.len());
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
fn papers_in_one_file_keep_their_own_numbers() {
    let papers = [sample::letters::report(), sample::plain_list(80), sample::letters::minutes()];
    let joined = render_all(&papers).unwrap();
    let alone: usize = papers.iter().map(|paper| render(paper).unwrap().pages).sum();
    assert_eq!(joined.pages, alone);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.pdf");
    std::fs::write(&path, &joined.bytes).unwrap();
    assert!(tool("qpdf", &["--check"], &path).contains("No syntax or stream encoding errors"));
    let found = tool("pdftotext", &["-raw", "-"], &path);
    assert_eq!(found.matches("— 1 —").count(), 2, "both official papers begin at 1");
    assert!(found.contains("第 1 页 共 2 页"));
    let file = lopdf::Document::load_mem(&joined.bytes).unwrap();
    let labels = file.catalog().unwrap().get(b"PageLabels").unwrap().as_dict().unwrap();
    let starts: Vec<i64> =
        labels.get(b"Nums").unwrap().as_array().unwrap().iter().filter_map(|one| one.as_i64().ok()).collect();
    assert_eq!(starts, [0, 2, 4]);
    let titles: Vec<String> = file.get_toc().unwrap().toc.into_iter().map(|entry| entry.title).collect();
    assert!(titles.contains(&"（一）建立数据字典".to_owned()), "{titles:?}");
    assert_eq!(render_all(&papers).unwrap().bytes, joined.bytes);
    assert!(render_all(&[]).is_err());
}

#[test]
fn pictures_are_embedded_and_damaged_ones_reported() {
    let rendered = render(&sample::slips::photos()).unwrap();
    assert!(rendered.warnings.iter().any(|warning| warning.kind == "bad_picture"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photos.pdf");
    std::fs::write(&path, &rendered.bytes).unwrap();
    assert!(tool("qpdf", &["--check"], &path).contains("No syntax or stream encoding errors"));
    let images = tool("pdfimages", &["-list"], &path);
    assert_eq!(images.lines().count(), 2 + 5, "five pictures are placed:\n{images}");
    let found = tool("pdftotext", &["-raw", "-"], &path);
    assert!(found.contains("宋扬 2026-10-09 10:20 打印") && found.contains("5. 楼道清理前"));
    let mut damaged = sample::slips::png(40, 30);
    damaged.truncate(60);
    let photo = super::super::document::Photo { picture: damaged.into(), caption: "半张".into() };
    let mut paper = Document::new("试样");
    paper.push(super::super::document::Photos { four: false, photos: vec![photo] });
    let late = render(&paper).unwrap();
    assert!(late.warnings.iter().any(|warning| warning.place == "第 1 张图片"), "{:?}", late.warnings);
}

#[test]
fn only_shipped_faces_are_embedded() {
    for (_, document) in sample::letters::all() {
        let (_folder, path) = written(&document);
        for line in tool("pdffonts", &[], &path).lines().skip(2) {
            let name = line.split_whitespace().next().unwrap().split('+').nth(1).unwrap().to_owned();
            assert!(name.starts_with("Juwutai") || name == "FandolFang-Regular", "a strange face: {line}");
            assert!(line.contains("yes yes yes"), "{line}");
        }
    }
}

/// The papers drawn after the model pages, page by page, as they were approved;
/// `UPDATE_SNAPSHOTS=1` writes them anew after they have been looked at.
#[test]
fn model_pages_look_as_approved() {
    let approved = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/snapshots/paper/models");
    for (name, document) in [sample::letters::all(), sample::lists::all(), sample::slips::all()].concat() {
        let (folder, path) = written(&document);
        let prefix = folder.path().join("page");
        let mut command = Command::new("pdftoppm");
        let drawn = command.args(["-gray", "-r", "14", "-l", "2"]).arg(&path).arg(&prefix).status();
        assert!(drawn.unwrap().success());
        let mut pages: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().path()).collect();
        pages.retain(|page| page.extension().is_some_and(|ending| ending == "pgm"));
        pages.sort();
        for (number, page) in (1..).zip(pages) {
            let drawn = std::fs::read(page).unwrap();
            let known = approved.join(format!("{name}-{number}.pgm"));
            if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
                std::fs::create_dir_all(&approved).unwrap();
                std::fs::write(&known, &drawn).unwrap();
            }
            let known = std::fs::read(&known).unwrap();
            assert_eq!(drawn.len(), known.len(), "{name}: page {number} changed its size");
            let differing: u64 =
                drawn.iter().zip(&known).map(|(now, then)| u64::from(now.abs_diff(*then))).sum();
            let share = differing as f64 / 255.0 / drawn.len() as f64;
            assert!(share <= 0.012, "{name}: {:.2} % of page {number} changed", share * 100.0);
        }
    }
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
