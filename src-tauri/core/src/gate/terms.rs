//! The words of the gate that belong to no list (`assets/lists/terms.toml`): who departments are,
//! how asking, telling, repeating and hurrying are said, and the numbers of the rules.

use std::sync::LazyLock;

use serde::Deserialize;

use super::text::{comparable, comparable_all};
use crate::error::{Error, Result};

const FILE: &str = include_str!("../../../../assets/lists/terms.toml");
const ADMISSION: &str = include_str!("../../../../assets/lists/admission.toml");
static TERMS: LazyLock<Result<Terms, String>> = LazyLock::new(load);

/// The words and numbers of the gate.
#[derive(Debug, Clone, Deserialize)]
pub struct Terms {
    /// Numbers of the rules.
    pub rules: Rules,
    /// Words by what they do.
    pub words: Words,
    /// Words for an hour of the day.
    #[serde(default)]
    pub due: Vec<DueWord>,
    /// Words for a day.
    #[serde(default)]
    pub relative: Vec<DayWord>,
    /// Departments (部门).
    pub department: Vec<Department>,
    /// Who the superior is, in each of the four models of town and community (镇社四种模式).
    #[serde(default)]
    pub model: Vec<Model>,
    /// Notices that carry one of these are admitted already.
    #[serde(skip)]
    pub waived_by: Vec<String>,
}

/// Numbers of the rules.
#[derive(Debug, Clone, Deserialize)]
pub struct Rules {
    /// Fewer working days than this between arrival and due is a rush (突击).
    pub rush_working_days: u32,
    /// Working days agreed for a form (约定).
    pub agreed_working_days: u32,
    /// From how many departments that ask the same on it is many-headed (多头).
    pub many_headed_from: usize,
    /// From which share of known columns, in percent, a form asks again what was asked (重复).
    pub repeat_column_share: usize,
    /// Working days before its start by which an admission is to be applied for.
    pub apply_working_days_before: u32,
    /// Working days in which an admission is decided.
    pub decide_working_days: u32,
}

/// Words by what they do.
#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    /// Asks.
    pub ask: Vec<String>,
    /// Tells and asks nothing.
    pub telling: Vec<String>,
    /// Asks again.
    pub repeat: Vec<String>,
    /// Hurries.
    pub rush: Vec<String>,
    /// Greets.
    pub greeting: Vec<String>,
    /// Asks for a certificate.
    pub certificate: Vec<String>,
    /// Asks for the seal.
    pub stamp: Vec<String>,
    /// Names a certificate that others issue.
    pub not_certificate: Vec<String>,
    /// Names somebody's form on which the committee is to say something.
    #[serde(default)]
    pub requester_paper: Vec<String>,
    /// Names money.
    #[serde(default)]
    pub funds: Vec<String>,
    /// Names a document it leans on.
    #[serde(default)]
    pub document: Vec<String>,
    /// Names something attached.
    #[serde(default)]
    pub attachment: Vec<String>,
}

/// Words for an hour of the day.
#[derive(Debug, Clone, Deserialize)]
pub struct DueWord {
    /// The words.
    pub words: Vec<String>,
    /// The hour, `HH:MM`; `24:00` is the end of the day.
    pub time: String,
}

/// Words for a day.
#[derive(Debug, Clone, Deserialize)]
pub struct DayWord {
    /// The words.
    pub words: Vec<String>,
    /// Days after the day of arrival.
    pub days: u64,
}

/// A department (部门).
#[derive(Debug, Clone, Deserialize)]
pub struct Department {
    /// Name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// `street`, `district` or `other`.
    #[serde(default)]
    pub seat: String,
}

/// A model of town and community.
#[derive(Debug, Clone, Deserialize)]
pub struct Model {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who hands work down.
    pub superior: String,
    /// How letters are addressed.
    pub to: String,
    /// What to know of it.
    #[serde(default)]
    pub note: String,
}

/// The words and numbers of the gate.
///
/// # Errors
/// [`Error::Bug`] when the file is broken.
pub fn terms() -> Result<&'static Terms> {
    TERMS.as_ref().map_err(|error| Error::Bug(error.clone()))
}

fn load() -> Result<Terms, String> {
    #[derive(Deserialize)]
    struct Admission {
        #[serde(default)]
        waived_by: Vec<String>,
    }
    let mut terms: Terms = toml::from_str(FILE).map_err(|error| format!("assets, terms.toml: {error}"))?;
    let admission: Admission =
        toml::from_str(ADMISSION).map_err(|error| format!("assets, admission.toml: {error}"))?;
    terms.waived_by = comparable_all(&admission.waived_by);
    let words = &mut terms.words;
    for list in [
        &mut words.ask,
        &mut words.telling,
        &mut words.repeat,
        &mut words.rush,
        &mut words.greeting,
        &mut words.certificate,
        &mut words.stamp,
        &mut words.not_certificate,
        &mut words.requester_paper,
        &mut words.funds,
        &mut words.document,
        &mut words.attachment,
    ] {
        *list = comparable_all(list);
    }
    for department in &mut terms.department {
        department.aliases.push(department.name.clone());
        department.aliases = comparable_all(&department.aliases);
        department.aliases.sort_by_key(|alias| std::cmp::Reverse(alias.len()));
    }
    for word in terms.due.iter_mut().map(|due| &mut due.words) {
        *word = comparable_all(word);
    }
    for day in &mut terms.relative {
        day.words = day.words.iter().map(|word| comparable(word)).collect();
    }
    Ok(terms)
}
