//! The letters of `assets/letters`, one file each, and the way of a notice that stands with the
//! application for admission.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/letters");
static LETTERS: LazyLock<Result<Vec<Letter>, String>> = LazyLock::new(load);

/// A letter as its file says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Letter {
    /// Id, the name of its file.
    pub id: String,
    /// Title.
    pub title: String,
    /// `letter`, `slip`, `form` or `certificate`.
    pub layout: String,
    /// How its number is printed.
    pub number: String,
    /// Digits its number has at least.
    pub pad: u32,
    /// The heading, line by line.
    pub heading: Vec<String>,
    /// To whom.
    pub to: String,
    /// What is attached.
    pub attachment: String,
    /// Who to ask.
    pub contact: String,
    /// Who signs.
    pub sign: String,
    /// Heading of the stub.
    pub stub: String,
    /// Line below the stub.
    pub stub_note: String,
    /// Line below.
    pub note: String,
    /// Line below a form.
    pub foot: String,
    /// For how many days a certificate holds.
    pub valid_days: u32,
    /// The receipt to cut off.
    pub receipt: Option<Receipt>,
    /// The paragraphs.
    pub part: Vec<Part>,
    /// Rows of the form or of the stub.
    pub field: Vec<Field>,
    /// What a clerk may fill in.
    pub placeholder: Vec<Placeholder>,
    /// The way of a notice, only with the application for admission.
    pub state: Vec<WayState>,
}

impl Letter {
    /// How its number is printed, with as many digits as it wants.
    #[must_use]
    pub fn pattern(&self) -> String {
        if self.pad == 4 { self.number.replace("{serial}", "{serial:4}") } else { self.number.clone() }
    }
}

/// A paragraph as its file says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Part {
    /// When it stands there.
    pub when: String,
    /// Whether it is counted.
    pub numbered: bool,
    /// Words that lead in.
    pub lead: String,
    /// The text.
    pub text: String,
}

/// A row of a form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Field {
    /// Name.
    pub name: String,
    /// What stands before it.
    pub title: String,
    /// Lines.
    pub lines: u32,
    /// Whether it must be filled in.
    pub required: bool,
    /// What is printed there in any case.
    pub fixed: String,
    /// Boxes to tick.
    pub boxes: Vec<String>,
}

/// A word a clerk may fill in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Placeholder {
    /// Name.
    pub name: String,
    /// What a clerk calls it.
    pub title: String,
    /// An example.
    pub example: String,
    /// Whether the letter is incomplete without it.
    pub required: bool,
}

/// The receipt below a slip (送达回执).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "LetterReceipt"))]
#[serde(default)]
pub struct Receipt {
    /// Heading.
    pub title: String,
    /// Words on the line to cut.
    pub cut: String,
    /// Text; `{number}` is the number of the slip.
    pub text: String,
    /// Boxes to tick.
    pub boxes: Vec<String>,
    /// Lines to sign on.
    pub lines: Vec<String>,
}

/// A state of a notice.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WayState {
    /// Id.
    pub id: String,
    /// As clerks say it.
    pub title: String,
    /// Working days it may last.
    pub days: Option<u32>,
    /// States it may go to.
    pub next: Vec<String>,
}

/// Every letter.
///
/// # Errors
/// [`Error::Bug`] when a file is broken.
pub fn letters() -> Result<&'static [Letter]> {
    LETTERS.as_deref().map_err(|error| Error::Bug(error.clone()))
}

fn load() -> Result<Vec<Letter>, String> {
    let files = FILES.files().filter(|file| file.path().extension().is_some_and(|ending| ending == "toml"));
    let letters = files.map(|file| {
        let path = file.path().display().to_string();
        let letter: Letter = toml::from_str(file.contents_utf8().unwrap_or_default())
            .map_err(|error| format!("assets/letters/{path}: {error}"))?;
        if path != format!("{}.toml", letter.id) {
            return Err(format!("assets/letters/{path}: the file is not named after {}", letter.id));
        }
        Ok(letter)
    });
    letters.collect()
}
