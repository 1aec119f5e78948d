//! Older files (.xls and the like) cannot be changed in place: their cells, merged areas and a plain
//! look are laid out in a new .xlsx, and the clerk is told so (格式为重排).

use rust_xlsxwriter::{Format as Look, FormatAlign, FormatBorder, Workbook as Writer, XlsxError};

use crate::error::{BadFile, Error, Result};
use crate::import::read;
use crate::import::sheet::{Cell, Sheet, Workbook};
use crate::progress::Progress;

/// The widest a column is made, in characters.
const WIDEST: f64 = 40.0;

/// What the clerk is told of a file that was laid out anew.
pub const NOTE: &str = "这是旧格式的表，导出的是照原样重排的 .xlsx，格式为重排，请打开看一眼再报送。";

/// The file name with the ending of the new file.
#[must_use]
pub fn renamed(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    format!("{stem}.xlsx")
}

/// The sheets of a workbook in a new file, and that file read again.
///
/// # Errors
/// Writing fails, or the workbook is too large.
pub fn laid_out(workbook: &Workbook, progress: &Progress) -> Result<(Vec<u8>, Workbook)> {
    let mut writer = Writer::new();
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.is_empty()) {
        add(&mut writer, sheet).map_err(|error| Error::Bug(error.to_string()))?;
    }
    let bytes = writer.save_to_buffer().map_err(|error| Error::Bug(error.to_string()))?;
    let again = read::open(&bytes, "rebuilt.xlsx", progress)?;
    if again.sheets.is_empty() { Err(BadFile::Empty.into()) } else { Ok((bytes, again)) }
}

fn add(writer: &mut Writer, sheet: &Sheet) -> std::result::Result<(), XlsxError> {
    let page = writer.add_worksheet();
    page.set_name(&sheet.name)?;
    if sheet.hidden {
        page.set_hidden(true);
    }
    let plain = Look::new().set_font_name("宋体").set_font_size(11.0).set_align(FormatAlign::VerticalCenter);
    let boxed = plain.clone().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Center);
    let title = plain.clone().set_bold().set_font_size(16.0).set_align(FormatAlign::Center);
    let width = sheet.width();
    let table = table_rows(sheet);
    let rows: Vec<u32> = sheet.used_rows().iter().chain(sheet.blank_rows()).copied().collect();
    for &row in &rows {
        let is_table = table.is_some_and(|(first, last)| (first..=last).contains(&row));
        for column in 0..width {
            let look = match (is_table, row) {
                (true, _) => &boxed,
                (false, 0) => &title,
                (false, _) => &plain,
            };
            if sheet.merge_at(row, column).is_none() {
                put(page, row, column, sheet.cell(row, column), look, is_table)?;
            }
        }
    }
    for area in sheet.merges() {
        let is_table = table.is_some_and(|(first, last)| (first..=last).contains(&area.row));
        let look = if is_table {
            &boxed
        } else if area.row == 0 {
            &title
        } else {
            &plain
        };
        if area.rows > 1 || area.columns > 1 {
            let column = |column: u32| u16::try_from(column).unwrap_or(u16::MAX);
            page.merge_range(
                area.row,
                column(area.column),
                area.last_row(),
                column(area.last_column()),
                "",
                look,
            )?;
        }
        put(page, area.row, area.column, sheet.cell(area.row, area.column), look, true)?;
    }
    for column in 0..width {
        page.set_column_width(u16::try_from(column).unwrap_or(u16::MAX), widest(sheet, column))?;
    }
    page.set_landscape();
    page.set_paper_size(9);
    page.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn put(
    page: &mut rust_xlsxwriter::Worksheet,
    row: u32,
    column: u32,
    cell: Cell<'_>,
    look: &Look,
    is_laid_out: bool,
) -> std::result::Result<(), XlsxError> {
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    match cell {
        Cell::Empty if !is_laid_out => {}
        Cell::Empty => drop(page.write_blank(row, column, look)?),
        Cell::Number(number) => drop(page.write_number_with_format(row, column, number, look)?),
        _ => drop(page.write_string_with_format(row, column, cell.shown(), look)?),
    }
    Ok(())
}

/// From the first row with several texts to the last row that is laid out with several: the table.
fn table_rows(sheet: &Sheet) -> Option<(u32, u32)> {
    let is_several = |row: &&u32| sheet.row(**row).filter(|(_, cell)| !cell.is_empty()).count() >= 3;
    let first = sheet.used_rows().iter().find(is_several)?;
    let last = sheet.used_rows().iter().rev().find(is_several)?;
    let blank = sheet.blank_rows().last().copied().unwrap_or(0);
    Some((*first, blank.max(*last)))
}

fn widest(sheet: &Sheet, column: u32) -> f64 {
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
    let own = sheet.used_rows().iter().filter(|row| sheet.merge_at(**row, column).is_none());
    let most = own.map(|row| width(&sheet.text(*row, column))).fold(0.0, f64::max);
    (most + 2.0).clamp(9.0, WIDEST)
}
