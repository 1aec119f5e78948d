//! Formats of the cells, made once per workbook.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::super::document::Align;

/// Formats by what they are for.
pub(super) struct Look {
    pub title: Format,
    pub heading: Format,
    pub paragraph: Format,
    pub left: Format,
    pub centre: Format,
    pub right: Format,
    pub head: Format,
    body: Vec<Format>,
}

const SONG: &str = "宋体";
const HEI: &str = "黑体";

impl Look {
    /// The look of the house.
    pub fn new() -> Self {
        let plain = |font: &str, size: f64| Format::new().set_font_name(font).set_font_size(size).set_align(FormatAlign::VerticalCenter);
        let line = |align| plain(SONG, 10.5).set_align(align);
        let boxed = |font: &str| plain(font, 10.5).set_border(FormatBorder::Thin).set_text_wrap();
        let body = [Align::Left, Align::Centre, Align::Right].into_iter().flat_map(|align| {
            [(false, false), (false, true), (true, false), (true, true)].map(|(bold, number)| {
                let format = boxed(if bold { HEI } else { SONG }).set_align(horizontal(align));
                if number { format } else { format.set_num_format("@") }
            })
        });
        Self {
            title: plain(SONG, 18.0).set_bold().set_align(FormatAlign::Center),
            heading: plain(HEI, 12.0),
            paragraph: plain("仿宋", 12.0).set_text_wrap(),
            left: line(FormatAlign::Left),
            centre: line(FormatAlign::Center),
            right: line(FormatAlign::Right),
            head: boxed(HEI).set_align(FormatAlign::Center),
            body: body.collect(),
        }
    }

    /// The format of a cell in a table.
    pub fn body(&self, align: Align, bold: bool, number: bool) -> &Format {
        let place = match align {
            Align::Left | Align::Justify => 0,
            Align::Auto | Align::Centre => 1,
            Align::Right => 2,
        };
        &self.body[place * 4 + usize::from(bold) * 2 + usize::from(number)]
    }
}

const fn horizontal(align: Align) -> FormatAlign {
    match align {
        Align::Left | Align::Justify => FormatAlign::Left,
        Align::Auto | Align::Centre => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    }
}
