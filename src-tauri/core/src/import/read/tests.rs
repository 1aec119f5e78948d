//! Reading: formats, encodings, positions, hostile files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write;

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook as Writer};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::import::sheet::{Cell, Merge, Sheet};

fn read(bytes: &[u8]) -> Result<Workbook> {
    open(bytes, "名单.xlsx", &Progress::new())
}

fn fixture(name: &str) -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/sheets/");
    std::fs::read(format!("{path}{name}")).unwrap()
}

fn bad(bytes: &[u8]) -> BadFile {
    match read(bytes) {
        Err(Error::BadFile(bad)) => bad,
        other => panic!("{other:?}"),
    }
}

/// The sheet that all fixtures of the other formats were converted from.
fn check_converted(sheet: &Sheet) {
    assert_eq!(sheet.text(0, 1), "独居老人台账");
    assert_eq!(sheet.merge_at(0, 3), Some(Merge { row: 0, column: 1, rows: 1, columns: 5 }));
    assert_eq!(sheet.merge_at(2, 2), Some(Merge { row: 1, column: 2, rows: 2, columns: 1 }));
    assert_eq!(sheet.text(1, 3), "联系方式");
    assert_eq!((sheet.text(2, 3), sheet.text(2, 4)), ("手机".into(), "住址".into()));
    assert_eq!(sheet.text(3, 2), "赵一");
    assert_eq!(sheet.text(3, 3), "13800000001");
    assert_eq!(sheet.text(3, 5), "1942-03-15");
    assert_eq!(sheet.cell(5, 4), Cell::Empty);
    assert_eq!(sheet.value_of(5, 4).shown(), "3号楼502室");
    assert_eq!(sheet.text(6, 2), "合计");
    assert_eq!((sheet.height(), sheet.width()), (7, 6));
}

#[test]
fn older_and_open_formats_are_read_alike() {
    for (name, format) in
        [("ledger.xls", Format::Xls), ("ledger.ods", Format::Ods), ("ledger.xlsx", Format::Xlsx)]
    {
        let book = open(&fixture(name), name, &Progress::new()).unwrap();
        assert_eq!(book.format, format, "{name}");
        check_converted(&book.sheets[0]);
        assert_eq!(book.sheets[0].hidden_rows, [4], "{name}");
        let others: Vec<(&str, bool, bool)> =
            book.sheets[1..].iter().map(|s| (s.name.as_str(), s.hidden, s.is_empty())).collect();
        assert_eq!(others, [("藏", true, false), ("空", false, true)], "{name}");
        assert_eq!(book.find_sheet(None).unwrap().name, "台账");
    }
}

#[test]
fn the_content_decides_not_the_extension() {
    let book = open(&fixture("ledger.xls"), "名单.csv", &Progress::new()).unwrap();
    assert_eq!(book.format, Format::Xls);
    let book = open("姓名,电话\n赵一,13800000001\n".as_bytes(), "名单.xls", &Progress::new()).unwrap();
    assert_eq!(book.format, Format::Csv);
}

#[test]
fn a_workbook_keeps_positions_dates_merges_and_hidden_parts() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    sheet.merge_range(2, 1, 2, 3, "名单", &Style::new()).unwrap();
    sheet.write(3, 1, "身份证号").unwrap();
    sheet.write(4, 1, "990102194203152428").unwrap();
    sheet.write(4, 2, 2.5).unwrap();
    let date = Style::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    sheet.write_with_format(4, 3, ExcelDateTime::from_ymd(2026, 11, 21).unwrap(), &date).unwrap();
    sheet.write(4, 4, true).unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet.write(5, 1, "藏").unwrap();
    sheet.set_column_hidden(6).unwrap();
    for column in 0..3 {
        sheet.write_blank(8, column, &Style::new().set_bold()).unwrap();
    }
    let book = read(&writer.save_to_buffer().unwrap()).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!(sheet.text(2, 1), "名单");
    assert_eq!(sheet.merge_at(2, 2).unwrap().columns, 3);
    assert_eq!(sheet.text(4, 1), "990102194203152428");
    assert_eq!(sheet.text(4, 2), "2.5");
    assert_eq!(sheet.text(4, 3), "2026-11-21");
    assert_eq!(sheet.cell(4, 4), Cell::Boolean(true));
    assert_eq!((sheet.hidden_rows.as_slice(), sheet.hidden_columns.as_slice()), (&[5][..], &[6][..]));
    assert_eq!((sheet.blank_rows(), sheet.height()), (&[8][..], 6));
}

#[test]
fn text_files_of_every_encoding() {
    let text = "姓名,身份证号,住址\r\n赵一,990102194203152428,\"3号楼,502室\"\r\n\r\n钱二,,\"两\n行\"\r\n";
    let (gbk, ..) = encoding_rs::GBK.encode(text);
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(text.replace(',', "\t").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let with_mark = [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
    for (bytes, encoding) in
        [(text.as_bytes(), "utf-8"), (&with_mark, "utf-8"), (gbk.as_ref(), "gb18030"), (&utf16, "utf-16le")]
    {
        let book = open(bytes, "C:\\表\\名单.csv", &Progress::new()).unwrap();
        assert_eq!((book.format, book.encoding.as_deref()), (Format::Csv, Some(encoding)));
        let sheet = &book.sheets[0];
        assert_eq!(sheet.name, "名单");
        assert_eq!((sheet.text(0, 0), sheet.text(1, 1)), ("姓名".into(), "990102194203152428".into()));
        assert_eq!(sheet.text(3, 0), "钱二", "{encoding}");
        assert_eq!(sheet.text(3, 2), "两\n行");
    }
}

#[test]
fn text_marks_of_other_programs_are_taken_off() {
    let book = read("姓名;编号;电话\n赵一;=\"001\";'013800000001\n".as_bytes()).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!((sheet.text(1, 1), sheet.text(1, 2)), ("001".into(), "013800000001".into()));
    let unclosed = read("姓名,备注\n赵一,身高\"1米7\n钱二,好\n".as_bytes()).unwrap();
    assert_eq!(unclosed.sheets[0].height(), 3);
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: (&str, &str) = (
    "[Content_Types].xml",
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
);
const ROOT: (&str, &str) = (
    "_rels/.rels",
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
);
const BOOK: (&str, &str) = (
    "xl/workbook.xml",
    r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
);
const BOOK_RELS: (&str, &str) = (
    "xl/_rels/workbook.xml.rels",
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
);

fn by_hand(sheet: &str, strings: &str) -> Vec<u8> {
    packed(&[
        TYPES,
        ROOT,
        BOOK,
        BOOK_RELS,
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
    ])
}

const HEAD: &str =
    r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#;

#[test]
fn two_far_cells_and_a_false_size_are_harmless() {
    let sheet = format!(
        r#"{HEAD}<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"#
    );
    let book = read(&by_hand(&sheet, "<sst/>")).unwrap();
    assert_eq!(book.sheets[0].len(), 2);
    assert_eq!(book.sheets[0].text(1_048_575, 16_383), "2");
}

#[test]
fn prefixes_missing_references_and_inline_text_are_understood() {
    let sheet = r#"<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c><x:c><x:v>7</x:v></x:c></x:row><x:row><x:c t="inlineStr"><x:is><x:r><x:t>赵</x:t></x:r><x:r><x:t>一</x:t></x:r></x:is></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells></x:worksheet>"#;
    let book = read(&by_hand(sheet, "<sst/>")).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!((sheet.text(0, 0), sheet.text(0, 1)), ("姓名".into(), "7".into()));
    assert_eq!(sheet.merges().len(), 1);
    assert!(sheet.cell(1, 0).is_empty(), "text under a merged area");
}

#[test]
fn room_asked_for_in_advance_is_checked() {
    let strings = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="9999999999"><si><t>a</t></si></sst>"#;
    let sheet =
        format!(r#"{HEAD}<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#);
    assert_eq!(bad(&by_hand(&sheet, strings)), BadFile::Damaged);
}

#[test]
fn entities_of_the_document_are_never_expanded() {
    let strings = r#"<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY e SYSTEM "file:///etc/passwd">]><sst uniqueCount="1"><si><t>&b;&e;</t></si></sst>"#;
    let sheet =
        format!(r#"{HEAD}<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#);
    match read(&by_hand(&sheet, strings)) {
        Err(Error::BadFile(BadFile::Damaged)) => {}
        Ok(book) => assert!(!book.sheets[0].text(0, 0).contains("root:")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_unfolds_to_too_much_is_refused() {
    let long = "啊".repeat(20 << 20);
    let strings = format!("<sst uniqueCount=\"1\"><si><t>{long}</t></si></sst>");
    let sheet = format!("{HEAD}<sheetData/></worksheet>");
    assert_eq!(bad(&by_hand(&sheet, &strings)), BadFile::TooLarge("展开后太大"));
    let sheet = format!(
        "{HEAD}<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>{long}</v></c></row></sheetData></worksheet>"
    );
    assert_eq!(bad(&by_hand(&sheet, "<sst/>")), BadFile::TooLarge("展开后太大"));
}

#[test]
fn too_many_columns_are_refused() {
    let cells: String = (0..600).map(|n| format!("<c><v>{n}</v></c>")).collect();
    let sheet = format!("{HEAD}<sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>");
    assert_eq!(bad(&by_hand(&sheet, "<sst/>")), BadFile::TooLarge("超过 500 栏"));
}

#[test]
fn files_that_are_no_tables_are_told_apart() {
    assert_eq!(bad(b""), BadFile::Empty);
    assert_eq!(bad(&[0; 100]), BadFile::Empty);
    assert_eq!(bad(b"  \n \n"), BadFile::Empty);
    assert_eq!(bad(b"%PDF-1.7 ..."), BadFile::UnknownFormat);
    assert_eq!(bad(b"{\\rtf1 hello}"), BadFile::SaveAsNew);
    assert_eq!(bad(&packed(&[("hello.txt", "hello")])), BadFile::UnknownFormat);
    let whole = fixture("ledger.xlsx");
    assert_eq!(bad(&whole[..whole.len() / 2]), BadFile::Damaged);
    let whole = fixture("ledger.xls");
    assert_eq!(bad(&whole[..600]), BadFile::Damaged);
}

#[test]
fn locked_files_are_named_as_such() {
    assert_eq!(bad(&locked()), BadFile::Encrypted);
    let ods = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"),
        ("content.xml", "x"),
    ]);
    assert_eq!(bad(&ods), BadFile::Encrypted);
}

/// The smallest container that holds the two streams of a locked workbook.
fn locked() -> Vec<u8> {
    let mut bytes = vec![0u8; 512 * 3];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[30] = 9;
    bytes[32] = 6;
    let put =
        |bytes: &mut Vec<u8>, at: usize, value: u32| bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    put(&mut bytes, 44, 1);
    put(&mut bytes, 48, 1);
    put(&mut bytes, 60, u32::MAX - 1);
    put(&mut bytes, 68, u32::MAX - 1);
    (0..109).for_each(|n| put(&mut bytes, 76 + 4 * n, u32::MAX));
    put(&mut bytes, 76, 0);
    (0..128).for_each(|n| put(&mut bytes, 512 + 4 * n, u32::MAX));
    put(&mut bytes, 512, u32::MAX - 2);
    put(&mut bytes, 516, u32::MAX - 1);
    for (at, (name, kind)) in
        [("Root Entry", 5u8), ("EncryptionInfo", 2), ("EncryptedPackage", 2)].iter().enumerate()
    {
        let entry = 1024 + 128 * at;
        for (n, unit) in name.encode_utf16().enumerate() {
            bytes[entry + 2 * n..entry + 2 * n + 2].copy_from_slice(&unit.to_le_bytes());
        }
        bytes[entry + 64] = 2 * (name.len() as u8 + 1);
        bytes[entry + 66] = *kind;
    }
    bytes
}

#[test]
fn a_cancelled_call_stops() {
    let progress = Progress::new();
    progress.cancel();
    assert!(matches!(open(&fixture("ledger.xlsx"), "a.xlsx", &progress), Err(Error::Cancelled)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_end_in_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes);
    }

    #[test]
    fn bent_files_end_in_an_answer(
        which in 0usize..4,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = fixture(["ledger.xls", "ledger.ods", "ledger.xlsx", "ledger.html"][which]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes);
    }
}

#[test]
fn web_pages_under_a_spreadsheets_name() {
    let page = r#"<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><style>td{color:red}</style>
<!--[if gte mso 9]><xml><x:ExcelWorksheet><x:Name>名单</x:Name></x:ExcelWorksheet></xml><![endif]--></head><body>
<table border=1><tr><td colspan="4">独居老人名单</td></tr>
<tr><th rowspan=2>姓名</th><th colspan=2>联系方式</th><th rowspan=2>备注</th></tr><tr><th>手机<th>住址</tr>
<tr><td>赵一&nbsp;</td><td style="mso-number-format:'\@'">13800000001</td><td>3号楼<br>502室</td><td>&lt;好&gt;</td></tr>
<tr><td>钱二<td>13800000002<td>A&B<td></tr></table></body></html>"#;
    let (gbk, ..) = encoding_rs::GBK.encode(page);
    for (bytes, encoding) in [(gbk.as_ref(), "gb18030"), (page.as_bytes(), "utf-8")] {
        let book = open(bytes, "名单.xls", &Progress::new()).unwrap();
        assert_eq!((book.format, book.encoding.as_deref()), (Format::Html, Some(encoding)));
        let sheet = &book.sheets[0];
        assert_eq!(sheet.name, "名单");
        assert_eq!(sheet.merge_at(0, 3), Some(Merge { row: 0, column: 0, rows: 1, columns: 4 }));
        assert_eq!((sheet.text(2, 1), sheet.text(2, 2)), ("手机".into(), "住址".into()));
        assert_eq!((sheet.text(3, 0), sheet.text(3, 2)), ("赵一".into(), "3号楼\n502室".into()));
        assert_eq!((sheet.text(3, 3), sheet.text(4, 2)), ("<好>".into(), "A&B".into()));
        assert_eq!(sheet.height(), 5);
    }
    let office = open(&fixture("ledger.html"), "名单.xls", &Progress::new()).unwrap();
    assert!(office.sheets[0].len() > 10);
}

#[test]
fn spreadsheet_xml_of_2003() {
    let book = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="名单"><Table><Column ss:Index="3" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">独居老人名单</Data></Cell></Row>
<Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">姓名</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">电话</Data><Comment><ss:Data>注</ss:Data></Comment></Cell></Row>
<Row ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="Number">7</Data></Cell><Cell><Data ss:Type="DateTime">2026-11-21T00:00:00.000</Data></Cell></Row>
</Table></Worksheet><Worksheet ss:Name="藏"><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"#;
    let book = read(book.as_bytes()).unwrap();
    assert_eq!((book.format, book.sheets.len()), (Format::Xml2003, 2));
    let sheet = &book.sheets[0];
    assert_eq!(
        (sheet.text(0, 0), sheet.text(2, 0), sheet.text(2, 2)),
        ("独居老人名单".into(), "姓名".into(), "电话".into())
    );
    assert_eq!((sheet.cell(3, 1), sheet.text(3, 2)), (Cell::Number(7.0), "2026-11-21".into()));
    assert_eq!((sheet.hidden_rows.as_slice(), sheet.hidden_columns.as_slice()), (&[3][..], &[2][..]));
    assert_eq!(sheet.merge_at(3, 0).unwrap().rows, 2);
    assert!(book.sheets[1].hidden && !sheet.hidden);
}

#[test]
fn tables_of_a_document() {
    let cell = |text: &str, more: &str| {
        format!("<w:tc><w:tcPr>{more}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let document = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>独居老人</w:t></w:r><w:r><w:t>名单</w:t></w:r></w:p><w:p/>\
         <w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl><w:p><w:r><w:t>填表人：</w:t></w:r></w:p></w:body></w:document>",
        cell("姓名", "<w:vMerge w:val=\"restart\"/>"),
        cell("联系方式", "<w:gridSpan w:val=\"2\"/>"),
        cell("", "<w:vMerge/>"),
        cell("手机", ""),
        cell("住址", ""),
        cell("赵一", ""),
        cell("13800000001", ""),
        cell("3号楼502室", ""),
    );
    let book = read(&packed(&[TYPES, ("word/document.xml", &document)])).unwrap();
    assert_eq!((book.format, book.sheets.len()), (Format::Docx, 1));
    let sheet = &book.sheets[0];
    assert_eq!((sheet.lines_above.as_slice(), sheet.height()), (&["独居老人名单".to_owned()][..], 3));
    assert_eq!(sheet.merge_at(1, 0), Some(Merge { row: 0, column: 0, rows: 2, columns: 1 }));
    assert_eq!((sheet.text(1, 1), sheet.text(2, 2)), ("手机".into(), "3号楼502室".into()));
}

#[test]
fn a_way_of_showing_that_matters_is_kept() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    let mut put = |column: u16, number: f64, format: &str| {
        sheet.write_number_with_format(0, column, number, &Style::new().set_num_format(format)).unwrap();
    };
    let day = 46_347.0;
    for (column, (number, format)) in [
        (day, "yyyy\"年\"m\"月\";@"),
        (day, "yyyy/m/d"),
        (2025.1, "0.00"),
        (12.0, "0000"),
        (12.5, "0.00"),
        (2025.12, "0.00_ "),
    ]
    .into_iter()
    .enumerate()
    {
        put(column as u16, number, format);
    }
    let book = read(&writer.save_to_buffer().unwrap()).unwrap();
    let shown: Vec<String> = (0..6).map(|column| book.sheets[0].text(0, column).into_owned()).collect();
    assert_eq!(shown, ["2026-11", "2026-11-21", "2025.10", "0012", "12.5", "2025.12"]);
}
