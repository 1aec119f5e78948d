//! The journal keeps everything, undo puts everything back, and trouble is told politely.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::json;

use super::{journal, migrate, share};
use crate::error::{Error, StoreTrouble};
use crate::op::Op;
use crate::store::Store;
use crate::testing::{self, office};

const ROSTER: &str = "姓名,身份证号,联系电话,家庭住址\n\
    张三丰,990102194005030010,16800000001,梅园新村3号楼1单元502室\n\
    李四光,990102195107011448,16800000002,梅园新村3号楼1单元503室\n";

#[test]
fn every_table_is_under_the_journal_or_says_why_not() {
    let testing = office();
    let connection = testing.office.connection();
    let mut list = connection
        .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
        .unwrap();
    let names: Vec<String> = list.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for name in names.iter().filter(|name| !journal::EXEMPT.iter().any(|(exempt, _)| exempt == name)) {
        let triggers: i64 = connection
            .query_row(
                "select count(*) from sqlite_schema where type = 'trigger' and tbl_name = ?1",
                [name],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(
            triggers, 4,
            "{name} needs its guards against stray updates and deletes and its two images"
        );
        let refused = connection.execute(&format!("delete from {name}"), []);
        assert!(refused.is_err(), "between ops the connection writes nothing at all, {name} neither");
        let _writing = testing.store_writing();
        let stray = connection.execute(&format!("update {name} set op = op"), []);
        let rows: i64 =
            connection.query_row(&format!("select count(*) from {name}"), [], |row| row.get(0)).unwrap();
        assert!(rows == 0 || stray.is_err(), "{name} let a write without an op pass");
    }
}

#[test]
fn a_row_that_names_another_op_is_refused_and_one_from_outside_is_found() {
    let mut testing = office();
    let before = testing.dump();
    let misnamed = testing.office.transact(&Op::ChangeCommittee, |tx| {
        let sql = "insert into subject (kind, uid, op) values ('resident', 'x', 1)";
        Ok(tx.connection().execute(sql, [])?)
    });
    assert!(matches!(misnamed, Err(Error::Bug(_))), "a new row must name the op that made it");
    assert_eq!(testing.dump(), before);
    let writing = testing.store_writing();
    let sql = "insert into subject (kind, uid, op) values ('resident', 'x', 1)";
    testing.office.connection().execute(sql, []).unwrap();
    drop(writing);
    let check = testing.call("office.check", json!({}));
    assert_eq!(check["problems"][0]["code"], "stray", "{check}");
}

#[test]
fn every_foreign_key_has_a_leading_index() {
    let testing = office();
    let connection = testing.office.connection();
    for table in journal::tables(connection).unwrap() {
        let mut keys = connection.prepare("select \"from\" from pragma_foreign_key_list(?1)").unwrap();
        let columns: Vec<String> =
            keys.query_map([&table.name], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        for column in columns {
            let leads: bool = connection
                .query_row(
                    "select exists (select 1 from pragma_table_info(?1) where name = ?2 and pk = 1)
                        or exists (select 1 from pragma_index_list(?1) as l
                                   join pragma_index_info(l.name) as i where i.seqno = 0 and i.name = ?2)",
                    [&table.name, &column],
                    |row| row.get(0),
                )
                .unwrap();
            assert!(leads, "{}.{column} refers to another table but no index begins with it", table.name);
        }
    }
}

#[test]
fn undo_of_an_import_leaves_the_store_as_it_was_and_redo_brings_it_back() {
    let mut testing = office();
    let before = testing.dump();
    testing.import("resident", ROSTER);
    let after = testing.dump();
    let undone = testing.call("history.undo", json!({}));
    assert_eq!(undone["kept"], json!([]), "nobody touched the rows");
    assert_eq!(testing.dump(), before, "undo must leave no trace in the data");
    let mut testing = testing.restart();
    testing.call("history.redo", json!({}));
    assert_eq!(testing.dump(), after, "redo must bring every row back under its old number");
    testing.call("history.undo", json!({ "op": 2 }));
    assert_eq!(testing.dump(), before, "what was redone can be undone again");
    assert_eq!(testing.call("office.check", json!({}))["ok"], true, "the chain stays whole");
}

#[test]
fn a_row_edited_since_is_kept_whole_and_named() {
    let mut testing = office();
    testing.import("resident", ROSTER);
    let rows = testing.call("ledger.rows", json!({ "ledger": "resident", "limit": 10 }));
    let record = rows["rows"][0]["record"].as_i64().unwrap();
    let edit = json!({ "ledger": "resident", "edits": [
        { "record": record, "field": "person.phone", "value": "16899999999" }] });
    testing.call("ledger.change", edit);
    let undone = testing.call("history.undo", json!({ "op": 2 }));
    assert_eq!(undone["kept"].as_array().unwrap().len(), 1, "one person was edited: {undone}");
    assert_eq!(undone["kept"][0]["what"], "张三丰");
    assert!(undone["kept"][0]["why"].as_str().unwrap().contains("联系电话"), "{undone}");
    let rows = testing.call("ledger.rows", json!({ "ledger": "resident", "limit": 10, "unmasked": true }));
    assert_eq!(rows["total"], 1, "the edited person keeps her place in the ledger");
    assert_eq!(testing.call("office.check", json!({}))["ok"], true);
}

#[test]
fn two_edits_of_one_row_are_undone_one_after_the_other() {
    let mut testing = office();
    testing.import("resident", ROSTER);
    let hits = testing.call("resident.find", json!({ "text": "李四光" }));
    let uid = hits["hits"][0]["uid"].as_str().unwrap().to_owned();
    let start = testing.dump();
    let change = |testing: &mut testing::Testing, value: &str| {
        testing.call("resident.change", json!({ "uid": uid, "field": "person.phone", "value": value }));
    };
    change(&mut testing, "16811111111");
    let once = testing.dump();
    change(&mut testing, "16822222222");
    testing.call("history.undo", json!({}));
    assert_eq!(testing.dump(), once, "the second edit is gone");
    testing.call("history.undo", json!({}));
    assert_eq!(testing.dump(), start, "and so is the first");
    testing.call("history.redo", json!({}));
    assert_eq!(testing.dump(), once, "redo goes forward again, step by step");
}

#[test]
fn an_earlier_edit_is_refused_while_a_later_one_stands() {
    let mut testing = office();
    testing.import("resident", ROSTER);
    let hits = testing.call("resident.find", json!({ "text": "李四光" }));
    let uid = hits["hits"][0]["uid"].clone();
    for value in ["16811111111", "16822222222"] {
        testing.call("resident.change", json!({ "uid": uid, "field": "person.phone", "value": value }));
    }
    let before = testing.dump();
    let undone = testing.call("history.undo", json!({ "op": 3 }));
    assert_eq!(undone["op"], json!(null), "nothing could be undone");
    assert_eq!(undone["kept"][0]["what"], "李四光");
    assert_eq!(testing.dump(), before, "and nothing was changed");
}

#[test]
fn removed_rows_come_back() {
    let mut testing = office();
    testing.import("resident", ROSTER);
    let before = testing.dump();
    let rows = testing.call("ledger.rows", json!({ "ledger": "resident", "limit": 10 }));
    let records: Vec<_> = rows["rows"].as_array().unwrap().iter().map(|row| row["record"].clone()).collect();
    testing.call("ledger.remove", json!({ "ledger": "resident", "records": records }));
    assert_eq!(testing.call("ledger.rows", json!({ "ledger": "resident", "limit": 1 }))["total"], 0);
    testing.call("history.undo", json!({}));
    assert_eq!(testing.dump(), before);
}

#[test]
fn a_forged_op_breaks_the_chain() {
    let mut testing = office();
    testing.import("resident", ROSTER);
    let connection = testing.office.connection();
    let writing = testing.store_writing();
    connection
        .execute_batch("drop trigger journal_op_sealed; update op set clerk = '别人' where seq = 2")
        .unwrap();
    drop(writing);
    let check = testing.call("office.check", json!({}));
    assert_eq!(check["ok"], false);
    assert_eq!(check["problems"][0]["code"], "chain");
    assert!(check["problems"][0]["message"].as_str().unwrap().contains("第 2 步"));
}

#[test]
fn a_second_program_is_kept_out() {
    let testing = office();
    let second = Store::open(testing.folder.path());
    assert!(matches!(second, Err(Error::Store(StoreTrouble::InUse))));
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the test damages files on purpose")]
fn newer_foreign_and_damaged_files_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    let path = folder.path().join(super::FILE_NAME);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    assert!(matches!(Store::open(folder.path()), Err(Error::Store(StoreTrouble::Newer))));

    std::fs::write(&path, b"PK\x03\x04 this is a workbook, not a store ........................").unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(Error::Store(StoreTrouble::Foreign))));
    assert_eq!(std::fs::read(&path).unwrap(), before, "a refused file is not touched");

    let other = tempfile::tempdir().unwrap();
    let foreign = rusqlite::Connection::open(other.path().join(super::FILE_NAME)).unwrap();
    foreign.execute_batch("create table notes (text)").unwrap();
    drop(foreign);
    assert!(matches!(Store::open(other.path()), Err(Error::Store(StoreTrouble::Foreign))));
}

#[test]
fn a_failing_step_changes_nothing_and_a_copy_is_kept_before_each() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let good = migrate::Step {
        version: 2,
        min_writer: 1,
        sql: "create table more (id integer primary key autoincrement, op integer not null) strict;",
    };
    let bad = migrate::Step { version: 3, min_writer: 1, sql: "create table half (id integer); nonsense;" };
    let steps = [migrate::STEPS[0], good, bad];
    let _writing = store.writing().unwrap();
    assert!(migrate::run(store.connection(), store.folder(), &steps).is_err());
    let version: i64 =
        store.connection().query_row("select max(version) from migration", [], |row| row.get(0)).unwrap();
    assert_eq!(version, 2, "the good step stands, the bad one left no trace");
    let half: i64 = store
        .connection()
        .query_row("select count(*) from sqlite_schema where name = 'half'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(half, 0);
    assert!(folder.path().join("backups/before-v2.db").exists());
    assert!(folder.path().join("backups/before-v3.db").exists());
}

#[test]
fn network_shares_are_recognised() {
    let mounts = "/dev/sda1 / ext4 rw 0 0\n//server/share /mnt/office cifs rw 0 0\ntmpfs /mnt/office/local tmpfs rw 0 0\n";
    let is_network = |path: &str| share::is_network(mounts, std::path::Path::new(path));
    assert!(is_network("/mnt/office/data"));
    assert!(!is_network("/mnt/office/local/data"), "the longest mount point decides");
    assert!(!is_network("/srv/data"));
}

#[test]
fn a_full_disk_ends_in_a_clear_sentence_and_an_unchanged_store() {
    let mut testing = office();
    testing.import("resident", ROSTER);
    let before = testing.dump();
    let pages: i64 =
        testing.office.connection().query_row("pragma page_count", [], |row| row.get(0)).unwrap();
    // SQLite reports a reached page limit exactly as it reports a full disk.
    testing.office.connection().pragma_update(None, "max_page_count", pages + 4).unwrap();
    let mut many = String::from("姓名,联系电话,家庭住址\n");
    for number in 0..3_000 {
        let given = ["国强", "桂兰", "志明", "秀英", "建国"][number % 5];
        many += &format!("王{given},168{number:08},梅园新村{number}号楼101室\n");
    }
    let path = testing.sheet(&many);
    let error = testing.refuse("import.apply", json!({ "path": path, "ledger": "resident" }));
    assert_eq!(error["code"], "store");
    assert_eq!(error["message"], "磁盘满了，这一步没有存，原来的资料完好。");
    assert_eq!(testing.dump(), before, "nothing of the import is left");
    testing.office.connection().pragma_update(None, "max_page_count", 1_000_000).unwrap();
    let reply = testing.call("import.apply", json!({ "path": path, "ledger": "resident" }));
    assert_eq!(reply["added"], 3_000, "after space was made the same import goes through, without a restart");
    assert_eq!(testing.call("office.check", json!({}))["ok"], true);
}

#[test]
fn setting_up_cannot_be_undone() {
    let mut testing = office();
    let before = testing.dump();
    assert_eq!(testing.refuse("history.undo", json!({}))["code"], "refused", "nothing else was done yet");
    assert_eq!(testing.refuse("history.undo", json!({ "op": 1 }))["code"], "refused");
    assert_eq!(testing.dump(), before);
}
