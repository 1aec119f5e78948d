//! A ledger kind (台账种类): what one ledger is called, whom its rows are about and its columns.
//!
//! Deliberately absent: rows and their storage (see `ledger`), and kinds made by a clerk
//! (see `local`).

use std::collections::HashSet;

use serde::Deserialize;

use crate::dictionary::{Authority, Dictionary, FieldDef, FieldKind, OwnColumn, Sensitivity, Subject};

/// The id prefix of columns that belong to the ledger row itself.
pub const ROW_PREFIX: &str = "row.";

/// A ledger kind (台账种类), its columns bound to the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerKind {
    /// The id, such as `elderly_living_alone`.
    pub id: String,
    /// The title a clerk sees, such as 独居老人台账.
    pub title: String,
    /// The heading it stands under in the list of ledgers, such as 重点人群.
    pub group: String,
    /// What one row is.
    pub subject: Subject,
    /// The line department (条线) it serves.
    pub line: Option<String>,
    /// How often it is brought up to date, such as 每季度.
    pub cycle: Option<String>,
    /// The duty of the two lists (两份清单) it serves, as a note.
    pub duty: Option<String>,
    /// Only for those who work with it: sensitive persons or facts.
    pub restricted: bool,
    /// Where the columns come from.
    pub source: Option<String>,
    /// Title words of incoming sheets that suggest this ledger.
    pub suggested_by: Vec<String>,
    /// Made by a clerk of this office.
    pub local: bool,
    /// Place in the list of ledgers.
    pub order: u16,
    /// The columns from left to right.
    pub columns: Vec<Column>,
}

/// A column (栏目) of a ledger kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The field it is bound to, carrying the title and width that this ledger gives it.
    pub field: FieldDef,
    /// The upper heading of a two-level head, such as 紧急联系人.
    pub group: Option<String>,
    /// A row without it is incomplete.
    pub required: bool,
    /// Tells one row from another.
    pub key: bool,
}

/// A ledger kind as its file says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerFile {
    id: String,
    title: String,
    group: String,
    subject: Subject,
    order: u16,
    line: Option<String>,
    cycle: Option<String>,
    duty: Option<String>,
    #[serde(default)]
    restricted: bool,
    source: Option<String>,
    #[serde(default, rename = "match")]
    matching: MatchFile,
    column: Vec<ColumnFile>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MatchFile {
    titles: Vec<String>,
}

/// A column as a file or a clerk says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ColumnFile {
    pub(super) field: String,
    pub(super) title: Option<String>,
    pub(super) group: Option<String>,
    pub(super) required: bool,
    pub(super) key: bool,
    pub(super) width: Option<u16>,
    pub(super) kind: Option<FieldKind>,
    pub(super) codes: Option<String>,
    pub(super) sensitive: Option<Sensitivity>,
    pub(super) aliases: Vec<String>,
}

impl LedgerKind {
    /// The column bound to that field.
    #[must_use]
    pub fn column(&self, field: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.field.id == field)
    }

    /// The columns that tell one row from another.
    pub fn key_columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.key)
    }

    /// The columns as heading matching wants them, to decide in favour of this ledger.
    #[must_use]
    pub fn own_columns(&self) -> Vec<OwnColumn<'_>> {
        self.columns
            .iter()
            .map(|column| OwnColumn { group: column.group.as_deref(), field: &column.field })
            .collect()
    }

    /// Whether any column stands under an upper heading.
    #[must_use]
    pub fn has_groups(&self) -> bool {
        self.columns.iter().any(|column| column.group.is_some())
    }
}

impl Column {
    /// The id of the field it is bound to.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.field.id
    }

    /// The title a clerk sees.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.field.title
    }

    /// The title with the upper heading it stands under, such as 紧急联系人/姓名.
    #[must_use]
    pub fn full_title(&self) -> String {
        match &self.group {
            Some(group) => format!("{group}/{}", self.title()),
            None => self.title().to_owned(),
        }
    }

    /// Whether its values belong to the ledger row and to no subject.
    #[must_use]
    pub fn is_row(&self) -> bool {
        self.field.subject == Subject::Row
    }
}

impl LedgerFile {
    /// Binds the columns to the dictionary.
    pub(super) fn bind(self, dictionary: &Dictionary) -> Result<LedgerKind, String> {
        let columns = bind_columns(&self.id, self.column, dictionary)?;
        let kind = LedgerKind {
            id: self.id,
            title: self.title,
            group: self.group,
            subject: self.subject,
            line: self.line,
            cycle: self.cycle,
            duty: self.duty,
            restricted: self.restricted,
            source: self.source,
            suggested_by: self.matching.titles,
            local: false,
            order: self.order,
            columns,
        };
        check(&kind)?;
        Ok(kind)
    }
}

/// Binds columns to the dictionary; `ledger` is named in the complaint.
pub(super) fn bind_columns(
    ledger: &str,
    columns: Vec<ColumnFile>,
    dictionary: &Dictionary,
) -> Result<Vec<Column>, String> {
    let mut seen = HashSet::new();
    let mut bound = Vec::with_capacity(columns.len());
    for column in columns {
        let id = column.field.clone();
        if !seen.insert(id.clone()) {
            return Err(format!("ledger {ledger}: column {id} stands twice"));
        }
        bound.push(column.bind(dictionary).map_err(|trouble| format!("ledger {ledger}: {id}: {trouble}"))?);
    }
    if bound.is_empty() {
        return Err(format!("ledger {ledger}: no column"));
    }
    Ok(bound)
}

impl ColumnFile {
    fn bind(self, dictionary: &Dictionary) -> Result<Column, String> {
        let (group, required, key) = (self.group.clone(), self.required, self.key);
        let field = if self.field.starts_with(ROW_PREFIX) {
            self.row_field()?
        } else {
            self.shared_field(dictionary)?
        };
        Ok(Column { field, group, required, key })
    }

    fn row_field(self) -> Result<FieldDef, String> {
        let title = self.title.ok_or("a row column needs a title")?;
        let kind = self.kind.unwrap_or(FieldKind::Text);
        if (kind == FieldKind::Code) != self.codes.is_some() {
            return Err("kind code and a code table go together".to_owned());
        }
        let field = FieldDef {
            id: self.field,
            group: self.group.unwrap_or_else(|| title.clone()),
            title,
            subject: Subject::Row,
            kind,
            codes: self.codes,
            sensitive: self.sensitive.unwrap_or_default(),
            aliases: self.aliases,
            loose: Vec::new(),
            formats: Vec::new(),
            computed: None,
            common: false,
            authority: Authority::default(),
            width: self.width.unwrap_or(0),
        };
        Ok(field.completed())
    }

    fn shared_field(self, dictionary: &Dictionary) -> Result<FieldDef, String> {
        if self.kind.is_some() || self.codes.is_some() || self.sensitive.is_some() {
            return Err("the dictionary says kind, codes and sensitivity of a shared field".to_owned());
        }
        let mut field = dictionary.get(&self.field).ok_or("no such field in the dictionary")?.clone();
        if let Some(title) = self.title {
            field.aliases.push(std::mem::replace(&mut field.title, title));
        }
        field.aliases.extend(self.aliases);
        field.width = self.width.unwrap_or(field.width);
        Ok(field)
    }
}

/// Checks what binding cannot see.
fn check(kind: &LedgerKind) -> Result<(), String> {
    let name = &kind.id;
    if !kind.id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
    {
        return Err(format!("ledger {name}: the id is not in lower case"));
    }
    let titles = [&kind.title, &kind.group].into_iter().chain(kind.columns.iter().map(|c| &c.field.title));
    for title in titles {
        if !is_chinese(title) {
            return Err(format!("ledger {name}: {title:?} is not a Chinese title"));
        }
    }
    let unique: HashSet<(Option<&str>, &str)> =
        kind.columns.iter().map(|column| (column.group.as_deref(), column.title())).collect();
    if unique.len() != kind.columns.len() {
        return Err(format!("ledger {name}: two columns have the same heading"));
    }
    if kind.subject == Subject::Row {
        return Err(format!("ledger {name}: its rows are about nothing"));
    }
    if kind.key_columns().next().is_none() {
        return Err(format!("ledger {name}: no key column"));
    }
    Ok(())
}

/// Whether a text has at least one Han character.
pub(super) fn is_chinese(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, '\u{4e00}'..='\u{9fff}'))
}
