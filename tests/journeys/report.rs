//! The report desk: every kind of report of the practice office, seen, opened, kept and noted.
//!
//! With `JUWUTAI_PAPERS=<folder>` each page is kept there, to be looked at.

use base64::Engine as _;
use serde_json::{Value, json};

use crate::support::{Desk, id_number, list, number, text};

/// The PDF of a reply; kept when somebody wants to look at it.
fn pdf(name: &str, reply: &Value) -> Vec<u8> {
    let bytes = base64::engine::general_purpose::STANDARD.decode(text(&reply["pdf"])).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"), "{name} is a PDF");
    if let Some(folder) = std::env::var_os("JUWUTAI_PAPERS") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), &bytes).unwrap();
    }
    bytes
}

/// The words of a PDF without any space.
fn words(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper.pdf");
    std::fs::write(&path, bytes).unwrap();
    let output =
        std::process::Command::new("pdftotext").args(["-layout", path.to_str().unwrap(), "-"]).output();
    let output = output.expect("pdftotext is missing: install poppler-utils, or use ./dev test");
    String::from_utf8(output.stdout).unwrap().chars().filter(|c| !c.is_whitespace()).collect()
}

/// A preview whose words say all of `says`.
fn seen(desk: &mut Desk, name: &str, request: Value, says: &[&str]) -> Value {
    let reply = desk.call("report.preview", request);
    let words = words(&pdf(name, &reply));
    for part in says {
        assert!(words.contains(part), "{name} says {part}: {words}");
    }
    assert!(number(&reply["pages"]) > 0);
    reply
}

/// Opens every figure of a report and compares with the number it says.
fn open_all(desk: &mut Desk, request: &Value, reply: &Value) -> usize {
    let figures = list(&reply["figures"]);
    for figure in figures {
        let mut opened = request.clone();
        opened["key"] = figure["key"].clone();
        let people = desk.call("report.people", opened);
        let said: u64 = text(&figure["text"]).split(' ').rev().nth(1).unwrap().parse().unwrap();
        assert_eq!(number(&people["total"]), said, "{figure}");
        assert_eq!(list(&people["people"]).len() as u64, said.min(500), "{figure}");
        let page = number(&figure["page"]);
        assert!((1..=number(&reply["pages"])).contains(&page), "{figure}");
    }
    figures.len()
}

#[test]
fn a_ledger_is_listed_as_the_clerk_wants_it() {
    let mut desk = Desk::practice();
    let request = |options: Value| json!({ "kind": "ledger_list", "ledger": "disabled", "options": options });
    let whole =
        seen(&mut desk, "ledger_list", request(json!({})), &["残疾人台账", "截至2026年11月21日", "内部资料"]);
    let columns = list(&whole["columns"]);
    assert!(columns.iter().all(|column| column["printed"] == true), "nothing is left out unasked");
    assert!(columns.iter().any(|column| column["suggested"] == false), "a wide ledger offers fewer columns");
    let few =
        request(json!({ "columns": ["person.name", "person.disability_kind"], "sort": ["-person.name"],
                              "where": "gender=女", "paper": "a3" }));
    let few = seen(&mut desk, "ledger_list_few", few, &["按条件选出", "残疾情况"]);
    let printed = list(&few["columns"]).iter().filter(|column| column["printed"] == true).count();
    assert_eq!(printed, 2);
    let public = seen(&mut desk, "ledger_list_public", request(json!({ "style": "public" })), &["公示单位"]);
    let left_out = list(&public["warnings"]).iter().find(|warning| warning["kind"] == "left_out");
    assert!(text(&left_out.expect("what a notice leaves out is said")["text"]).contains("残疾情况"));
    let words = words(&pdf("ledger_list_public", &public));
    assert!(!words.contains("内部资料"), "a notice is not internal");
    let rows = desk.rows("disabled");
    let (name, phone) = (desk.column("disabled", "person.name"), desk.column("disabled", "person.phone"));
    let whole_names = rows.iter().filter(|row| words.contains(text(&row["values"][name]))).count();
    assert!(whole_names * 10 < rows.len(), "names are masked: {whole_names} of {}", rows.len());
    assert!(!rows.iter().any(|row| row["values"][phone].as_str().is_some_and(|phone| words.contains(phone))));
    let error = desk.reply("report.preview", request(json!({ "columns": ["person.nothing"] })));
    assert_eq!(error["error"]["code"], "not_found");
}

#[test]
fn a_blank_form_fills_its_page() {
    let mut desk = Desk::practice();
    for (name, ledger) in [("blank_form", "elderly_living_alone"), ("blank_form_visit", "visit")] {
        let request = json!({ "kind": "blank_form", "ledger": ledger, "options": {} });
        let reply = seen(&mut desk, name, request, &["填报日期", "填表人", "10"]);
        assert_eq!(reply["pages"], 1, "{name} is one page");
    }
    let request = json!({ "kind": "blank_form", "ledger": "volunteer", "options":
        { "rows": 40, "columns": ["person.name", "person.phone"] } });
    seen(&mut desk, "blank_form_rows", request, &["40"]);
}

#[test]
fn the_household_book_has_everybody_once() {
    let mut desk = Desk::practice();
    let request = json!({ "kind": "household_book", "options": {} });
    let book = seen(&mut desk, "household_book", request, &["户册", "1号楼（", "户主", "内部资料"]);
    let home = desk.call("office.home", json!({}));
    let residents = number(&list(&home["counts"])[0]["count"]);
    let words = words(&pdf("household_book", &book));
    assert!(words.contains(&format!("户{residents}人")), "the foot counts everybody");
    let request = json!({ "kind": "household_book", "options": { "where": "building=3", "masked": true } });
    let part = seen(&mut desk, "household_book_part", request, &["3号楼（", "按条件选出"]);
    assert!(number(&part["pages"]) < number(&book["pages"]));
}

#[test]
fn every_figure_of_the_statistics_opens_to_its_people() {
    let mut desk = Desk::practice();
    let request = json!({ "kind": "statistics", "options": {} });
    let says = ["人口概况", "重点人群", "年龄段", "80—89岁", "合计", "注：1.登记居民"];
    let reply = seen(&mut desk, "statistics", request.clone(), &says);
    assert!(open_all(&mut desk, &request, &reply) > 50);
    assert_eq!(list(&reply["definitions"]).len(), 16);
    let cross = json!({ "rows": "place.building", "columns": "person.age", "split": "person.gender" });
    let request = json!({ "kind": "statistics", "options": { "cross": cross } });
    let reply = seen(&mut desk, "statistics_buildings", request.clone(), &["（一）男", "（二）女", "11号楼"]);
    assert!(open_all(&mut desk, &request, &reply) > 100);
    let request = json!({ "kind": "statistics", "ledger": "disabled", "options":
        { "cross": { "rows": "person.disability_kind", "columns": "person.disability_level" } } });
    let reply = seen(&mut desk, "statistics_ledger", request.clone(), &["残疾人台账人员统计表", "残疾等级"]);
    open_all(&mut desk, &request, &reply);
    let fields = desk.call("report.fields", json!({}));
    let first: Vec<&str> = list(&fields["rows"]).iter().take(4).map(|field| text(&field["id"])).collect();
    assert_eq!(first, ["person.gender", "person.age", "place.building", "place.grid"]);
}

/// The practice office in which things happened in December.
fn a_month_later() -> Desk {
    let mut desk = Desk::practice();
    desk.restart_on("2026-12-03");
    let rows = desk.rows("elderly_living_alone");
    let record = |at: usize| rows[at]["record"].clone();
    let edits = json!([{ "record": record(0), "field": "person.phone", "value": "16011112222" },
                       { "record": record(1), "field": "person.phone", "value": "16011113333" }]);
    desk.call("ledger.change", json!({ "ledger": "elderly_living_alone", "edits": edits }));
    desk.call(
        "ledger.remove",
        json!({ "ledger": "elderly_living_alone", "records": [record(2), record(3)] }),
    );
    desk.restart_on("2026-12-10");
    let (one, two) = (id_number("19460101", 12), id_number("19500203", 35));
    let csv = format!(
        "姓名,性别,身份证号,联系电话,家庭住址\n\
         章予宁,女,{one},16012345678,梅园新村3号楼2单元502室\n\
         黎知远,男,{two},16012345671,梅园新村3号楼2单元502室\n"
    );
    let path = desk.file("独居老人.csv", csv);
    desk.call("import.apply", json!({ "path": path, "ledger": "elderly_living_alone" }));
    desk.restart_on("2026-12-31");
    desk
}

#[test]
fn a_month_of_changes_is_told_and_both_ends_fit() {
    let mut desk = a_month_later();
    let request = json!({ "kind": "changes", "ledger": "elderly_living_alone", "options": {} });
    let reply = seen(
        &mut desk,
        "changes_ledger",
        request.clone(),
        &["报告期：2026年12月", "16011112222", "减少（2人）"],
    );
    let texts: Vec<&str> = list(&reply["figures"]).iter().map(|figure| text(&figure["text"])).collect();
    assert_eq!(texts, ["新增 2 人", "减少 2 人", "变更 2 人"]);
    open_all(&mut desk, &request, &reply);
    let request =
        json!({ "kind": "changes", "from": "2026-12-01", "to": "2026-12-31", "options": { "masked": true } });
    let reply = seen(&mut desk, "changes", request.clone(), &["居民变动情况表", "新增（2人）", "期末"]);
    open_all(&mut desk, &request, &reply);
    let quiet = json!({ "kind": "changes", "from": "2026-12-04", "to": "2026-12-09", "options": {} });
    seen(&mut desk, "changes_none", quiet, &["报告期内没有。"]);
}

#[test]
fn a_past_day_is_reported_as_it_was() {
    let mut desk = a_month_later();
    let count = |desk: &mut Desk, day: &str| {
        let request = json!({ "kind": "statistics", "as_of": day, "options": {} });
        let reply = desk.call("report.preview", request);
        let text = text(&list(&reply["figures"])[0]["text"]).to_owned();
        text.split(' ').nth(1).unwrap().parse::<u64>().unwrap()
    };
    let (before, after) = (count(&mut desk, "2026-12-09"), count(&mut desk, "2026-12-10"));
    assert_eq!(after, before + 2, "two were registered on the tenth");
    let list_on = |day: &str| json!({ "kind": "ledger_list", "ledger": "elderly_living_alone", "as_of": day, "options": {} });
    let old = seen(&mut desk, "as_of", list_on("2026-12-01"), &["截至2026年12月1日"]);
    assert!(!words(&pdf("as_of", &old)).contains("16011112222"), "the change of the third is not in it");
    seen(&mut desk, "as_of_later", list_on("2026-12-03"), &["16011112222"]);
    let error = desk.reply("report.preview", list_on("2020-01-01"));
    assert!(text(&error["error"]["message"]).contains("2026-11-21"), "{error}");
}

#[test]
fn the_monthly_report_says_what_is_known_and_names_what_is_not() {
    let mut desk = a_month_later();
    let request = json!({ "kind": "monthly", "from": "2026-12-01", "to": "2026-12-31", "options": {} });
    let says = ["工作月报", "一、人口和家庭", "新登记居民2人", "主要数据表"];
    let reply = seen(&mut desk, "monthly", request.clone(), &says);
    assert!(open_all(&mut desk, &request, &reply) > 10);
    let missing: Vec<&str> = list(&reply["missing"]).iter().map(|one| text(&one["text"])).collect();
    assert!(
        missing.iter().any(|text| text.contains("调解")),
        "no mediation was ever written down: {missing:?}"
    );
    assert!(!words(&pdf("monthly", &reply)).contains("调解纠纷"), "so none is told of");
}

#[test]
fn labels_and_slips_reach_every_home_and_slips_name_nobody() {
    let mut desk = Desk::practice();
    let request = json!({ "kind": "labels", "options": { "where": "building=1" } });
    let reply = seen(&mut desk, "labels", request, &["梅园新村1号楼1单元101室", "李兰收"]);
    let on_labels = words(&pdf("labels", &reply));
    assert!(!on_labels.contains("内部资料") && !on_labels.contains("页"), "nothing but labels on the sheet");
    let request = json!({ "kind": "labels", "ledger": "disabled", "options": { "per_sheet": 14 } });
    let reply = seen(&mut desk, "labels_ledger", request, &["收"]);
    assert_eq!(words(&pdf("labels_ledger", &reply)).matches('收').count(), 45, "everybody of the ledger");
    assert_eq!(reply["pages"], 4, "45 labels on sheets of 14");
    let request = json!({ "kind": "door_slips", "options": { "where": "building=3" } });
    let reply = seen(&mut desk, "door_slips", request, &["入户走访通知", "3号楼", "0800-5550168"]);
    let on_slips = words(&pdf("door_slips", &reply));
    assert_eq!(on_slips.matches("入户走访通知").count(), 20, "one for each household of the building");
    let residents = desk.rows("resident");
    let name = desk.column("resident", "person.name");
    let named = residents.iter().filter(|row| {
        let name = text(&row["values"][name]);
        name.chars().count() > 2 && on_slips.contains(name)
    });
    assert_eq!(named.count(), 0, "a slip hangs outside and names nobody");
    let error = desk.reply("report.preview", json!({ "kind": "labels", "options": { "per_sheet": 5 } }));
    assert_eq!(error["error"]["code"], "usage");
    let reports = desk.call("report.list", json!({}));
    let labels = list(&reports["reports"]).iter().find(|entry| entry["kind"] == "labels").unwrap();
    assert_eq!(labels["per_sheet"], json!([24, 21, 14, 10]));
}

#[test]
fn a_draft_says_so_and_sums_stand_at_the_end_of_each_page() {
    let mut desk = Desk::practice();
    let options = json!({ "draft": true, "watermark": true, "subtotals": true });
    let request = json!({ "kind": "ledger_list", "ledger": "disabled", "options": options });
    let reply = seen(&mut desk, "ledger_list_draft", request, &["许文静2026-11-21", "小计"]);
    let on_paper = words(&pdf("ledger_list_draft", &reply));
    assert!(on_paper.contains("草") && on_paper.contains("稿"), "a draft is marked");
    let request =
        json!({ "kind": "ledger_list", "ledger": "elderly_living_alone", "options": { "subtotals": true } });
    let reply = desk.call("report.preview", request);
    assert!(
        list(&reply["warnings"]).iter().any(|warning| warning["kind"] == "no_sums"),
        "nothing to sum is said"
    );
}

#[test]
fn what_was_made_is_noted_and_a_preview_is_not() {
    let mut desk = Desk::practice();
    let last = |desk: &mut Desk, kind: &str| {
        let reports = desk.call("report.list", json!({}));
        let entry = list(&reports["reports"]).iter().find(|entry| entry["kind"] == kind).cloned();
        entry.unwrap()["last_made"].clone()
    };
    let request = json!({ "kind": "household_book", "options": {} });
    let before = desk.holdings();
    desk.call("report.preview", request.clone());
    desk.call("report.bundle", json!({ "reports": [request.clone()] }));
    assert_eq!(desk.holdings(), before, "looking at a report writes nothing");
    assert_eq!(last(&mut desk, "household_book"), Value::Null);
    let mut made = request.clone();
    made["format"] = json!("xlsx");
    desk.call("report.make", made);
    assert_eq!(last(&mut desk, "household_book"), "2026-11-21");
    let ops = desk.call("history.list", json!({ "limit": 1 }));
    let note = list(&ops["ops"])[0].clone();
    assert_eq!((text(&note["label"]), &note["can_undo"]), ("出报表《户册》", &json!(false)));
    assert_eq!(desk.reply("history.undo", json!({ "op": note["op"] }))["error"]["code"], "refused");
    let undone = desk.reply("history.undo", json!({}));
    assert_eq!(undone["error"]["code"], "refused", "Ctrl+Z passes over the note: {undone}");
    assert_eq!(desk.call("office.check", json!({}))["ok"], true);
}

#[test]
fn several_reports_print_as_one_with_their_own_page_numbers() {
    let mut desk = Desk::practice();
    let list_of = |ledger: &str| json!({ "kind": "ledger_list", "ledger": ledger, "options": {} });
    let reports = json!([list_of("disabled"), list_of("mediation"), { "kind": "statistics", "options": {} },
                         { "kind": "monthly", "options": {} }]);
    let reply = desk.call("report.bundle", json!({ "reports": reports, "make": true }));
    let parts = list(&reply["parts"]);
    assert_eq!(parts.len(), 3, "the empty one is left out");
    assert_eq!(reply["warnings"].as_array().unwrap().iter().filter(|one| one["kind"] == "empty").count(), 1);
    let mut next = 1;
    for part in parts {
        assert_eq!(number(&part["first_page"]), next);
        next += number(&part["pages"]);
    }
    assert_eq!(number(&reply["pages"]), next - 1);
    let bytes = pdf("bundle", &reply);
    let words = words(&bytes);
    assert!(words.contains("残疾人台账") && words.contains("人口概况") && words.contains("工作月报"));
    assert_eq!(words.matches("第1页").count(), 2, "each begins with its own page one");
    let nothing = desk.reply("report.bundle", json!({ "reports": [list_of("mediation")] }));
    assert_eq!(nothing["error"]["code"], "refused");
}
