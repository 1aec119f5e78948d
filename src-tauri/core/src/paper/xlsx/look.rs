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
/// After the formats of numbers with 0 to 6 decimals comes that of texts.
const TEXT: usize = 7;

impl Look {
    /// The look of the house.
    pub fn new() -> Self {
        let plain = |font: &str, size: f64| {
            Format::new().set_font_name(font).set_font_size(size).set_align(FormatAlign::VerticalCenter)
        };
        let line = |align| plain(SONG, 10.5).set_align(align);
        let boxed = |font: &str| plain(font, 10.5).set_border(FormatBorder::Thin).set_text_wrap();
        let number_format = |decimals: usize| match decimals {
            TEXT => "@".to_owned(),
            0 => "0".to_owned(),
            some => format!("0.{}", "0".repeat(some)),
        };
        let body = [Align::Left, Align::Centre, Align::Right].into_iter().flat_map(|align| {
            [false, true].into_iter().flat_map(move |bold| (0..=TEXT).map(move |kind| (align, bold, kind)))
        });
        let body = body.map(|(align, bold, kind)| {
            boxed(if bold { HEI } else { SONG })
                .set_align(horizontal(align))
                .set_num_format(number_format(kind))
        });
        Self {
            title: plain(SONG, 18.0).set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            heading: plain(HEI, 12.0),
            paragraph: plain("仿宋", 12.0).set_text_wrap(),
            left: line(FormatAlign::Left),
            centre: line(FormatAlign::Center),
            right: line(FormatAlign::Right),
            head: boxed(HEI).set_align(FormatAlign::Center),
            body: body.collect(),
        }
    }

    /// The format of a cell in a table; a number keeps its decimals.
    pub fn body(&self, align: Align, bold: bool, decimals: Option<usize>) -> &Format {
        let place = match align {
            Align::Left | Align::Justify => 0,
            Align::Auto | Align::Centre => 1,
            Align::Right => 2,
        };
        let kind = decimals.map_or(TEXT, |decimals| decimals.min(TEXT - 1));
        &self.body[(place * 2 + usize::from(bold)) * (TEXT + 1) + kind]
    }
}

const fn horizontal(align: Align) -> FormatAlign {
    match align {
        Align::Left | Align::Justify => FormatAlign::Left,
        Align::Auto | Align::Centre => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    }
}
