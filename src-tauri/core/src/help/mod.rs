//! The handbook: one page for each screen, shipped as Markdown in `assets/help`.

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

use crate::committee::api::Nothing;
use crate::error::{Error, Missing, Result};
use crate::office::Office;
use crate::progress::Progress;

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/help");

/// Which page.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct HelpRequest {
    /// Name of the page, such as `import`.
    pub page: String,
}

/// A page of the handbook.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct HelpPage {
    /// Title.
    pub title: String,
    /// Text in Markdown, without the title.
    pub text: String,
}

/// A page in the list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct HelpEntry {
    /// Name of the page.
    pub page: String,
    /// Title.
    pub title: String,
}

/// One page.
///
/// # Errors
/// [`Missing::Help`].
pub fn get(_: &mut Office, request: HelpRequest, _: &Progress) -> Result<HelpPage> {
    let file = PAGES.get_file(format!("{}.md", request.page));
    let text = file.and_then(|file| file.contents_utf8());
    let text = text.ok_or(Error::NotFound(Missing::Help(request.page)))?;
    let (title, rest) = split_title(text);
    Ok(HelpPage { title: title.to_owned(), text: rest.to_owned() })
}

/// All pages.
///
/// # Errors
/// None at present.
pub fn list(_: &mut Office, _: Nothing, _: &Progress) -> Result<Vec<HelpEntry>> {
    let pages = PAGES.files().filter_map(|file| {
        let page = file.path().file_stem()?.to_str()?.to_owned();
        Some(HelpEntry { page, title: split_title(file.contents_utf8()?).0.to_owned() })
    });
    Ok(pages.collect())
}

fn split_title(text: &str) -> (&str, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    (first.trim_start_matches('#').trim(), rest.trim_start())
}
