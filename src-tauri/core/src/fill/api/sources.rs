//! Where values come from, in the words of a legend: the ledger an import went to, or by hand.

use std::collections::HashMap;

use super::{FillColumn, FillSourceCount};
use crate::error::Result;
use crate::fill::store;
use crate::office::Office;

/// Names of sources by op, each asked once.
#[derive(Default)]
pub(super) struct Sources {
    titles: HashMap<i64, String>,
    cells: HashMap<String, usize>,
}

impl Sources {
    /// What an op's values are called.
    pub(super) fn title(&mut self, office: &Office, op: i64) -> Result<String> {
        if let Some(title) = self.titles.get(&op) {
            return Ok(title.clone());
        }
        let said = store::op_said(office.connection(), op)?;
        let title = said.map(|(ledger, label, kind)| match (ledger, kind.as_str()) {
            (Some(title), _) => title,
            (None, "office.start") => "练习数据".to_owned(),
            (None, "fill.save_gaps") => "补缺登记".to_owned(),
            (None, _) => in_brackets(&label).unwrap_or_else(|| "手工登记".to_owned()),
        });
        let title = title.unwrap_or_default();
        self.titles.insert(op, title.clone());
        Ok(title)
    }

    /// The source of most values of a column; counts its cells.
    pub(super) fn most(&mut self, office: &Office, ops: impl Iterator<Item = i64>) -> Result<Option<String>> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for op in ops {
            let title = self.title(office, op)?;
            *self.cells.entry(title.clone()).or_default() += 1;
            *counts.entry(title).or_default() += 1;
        }
        Ok(counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(title, _)| title))
    }

    /// All sources with their columns and cells, the largest first.
    pub(super) fn counted(&self, columns: &[FillColumn]) -> Vec<FillSourceCount> {
        let of =
            |title: &String| columns.iter().filter(|column| column.source.as_ref() == Some(title)).count();
        let mut all: Vec<FillSourceCount> = self
            .cells
            .iter()
            .map(|(title, cells)| FillSourceCount {
                source: title.clone(),
                columns: of(title),
                cells: *cells,
            })
            .collect();
        all.sort_by(|a, b| (b.columns, b.cells, &a.source).cmp(&(a.columns, a.cells, &b.source)));
        all
    }
}

/// The title in 《》 of a label.
fn in_brackets(label: &str) -> Option<String> {
    let (_, rest) = label.split_once('《')?;
    rest.split_once('》').map(|(title, _)| title.to_owned())
}
