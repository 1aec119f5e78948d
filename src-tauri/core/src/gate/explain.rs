//! The opinion of the gate in words: verdict, marks in the text, numbered reasons, basis, what is
//! near, what to do. Pure: a [`Case`] goes in, an [`Opinion`] comes out.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::book::Book;
use super::flags::{self, Earlier, Flags};
use super::judge::{self, Hit, Judged};
use super::text::{Found, Text};
use super::when::{Named, When};
use super::{Confidence, Decision, Verdict, who};
use crate::calendar::{Calendar, moment};
use crate::duty::{Basis, List, Side};

/// Marks in one text at most; more would hide it.
const MARKS_AT_MOST: usize = 12;
/// From which share of the best score another item is near.
const NEAR_FROM: f64 = 0.45;

/// A notice with what is known of it.
pub struct Case<'a> {
    /// Its text, as pasted.
    pub text: &'a str,
    /// When it came.
    pub received: NaiveDateTime,
    /// By when it is due, when the clerk says so; else it is read from the text.
    pub due: Option<NaiveDateTime>,
    /// How it came, such as 窗口.
    pub channel: &'a str,
    /// Who asks, when the clerk says so; else it is read from the text.
    pub department: Option<&'a str>,
    /// Fields the form asks for, by id.
    pub asks: &'a [String],
    /// What came earlier.
    pub earlier: &'a [Earlier],
    /// Which days are worked.
    pub calendar: &'a Calendar,
}

/// What a mark in the text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// Not to be handed down, or not to be certified (不该下派).
    Wrong,
    /// A time (时限).
    Time,
    /// Asked before (重复).
    Again,
    /// A new burden (新增).
    New,
    /// The matter of an item of the lists (对上的事).
    Matter,
}

/// A place in the pasted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "GateMark"))]
pub struct Mark {
    /// First character, 0-based.
    pub from: u32,
    /// Character behind the last.
    pub to: u32,
    /// What it is about.
    pub kind: MarkKind,
    /// Its number, in the order of the text, from 1.
    pub number: usize,
    /// The words.
    pub text: String,
}

/// Why (为什么).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "GateReason"))]
pub struct Reason {
    /// Numbers of the marks it is about.
    pub marks: Vec<usize>,
    /// What is said.
    pub text: String,
    /// What is to be read first; stands behind the text.
    pub strong: String,
}

/// Something near (相近的事).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "GateNear"))]
pub struct Near {
    /// Short label, such as 履职 22.
    pub label: String,
    /// What it is.
    pub text: String,
    /// Whose work it is; none for something that came earlier.
    pub side: Option<Side>,
    /// Code of the item.
    pub code: Option<String>,
}

/// Something that came earlier and asks for the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "GateAgain"))]
pub struct Again {
    /// Number of the notice or task.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Whether it is a notice; else a task.
    pub is_notice: bool,
    /// Its title.
    pub title: String,
    /// Who asked.
    pub department: String,
    /// The day it came.
    pub on: String,
    /// Columns both ask for, by field id.
    pub shared: Vec<String>,
    /// Share of the columns that were asked before, in percent.
    pub share: usize,
    /// What became of it.
    pub outcome: String,
}

/// The opinion of the gate (比对意见).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Opinion {
    /// The verdict.
    pub verdict: Verdict,
    /// As stamped: 清单内、清单外、负面清单、不予出具、可以出具、需准入.
    pub stamp: String,
    /// Whose work it is.
    pub side: Side,
    /// The entry it matches: item, rule or certificate.
    pub item: Option<String>,
    /// The list of the entry.
    pub list: Option<List>,
    /// Title of the entry.
    pub item_title: String,
    /// Of a certificate: whether it may be issued.
    pub may_issue: bool,
    /// How sure the gate is.
    pub confidence: Confidence,
    /// The same in words.
    pub confidence_title: String,
    /// One sentence beside the stamp.
    pub summary: String,
    /// Short words beside the stamp, such as 上午发下午要.
    pub chips: Vec<String>,
    /// Marks in the text, in its order.
    pub marks: Vec<Mark>,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
    /// Legal basis.
    pub basis: Vec<Basis>,
    /// What is near.
    pub near: Vec<Near>,
    /// What came earlier and asks for the same.
    pub again: Vec<Again>,
    /// What is proposed.
    pub suggest: Decision,
    /// What can be done instead, whom to ask.
    pub instead: String,
    /// What the committee can help with.
    pub can_help: String,
    /// Whose work it is otherwise.
    pub owner: String,
    /// Title of the notice.
    pub title: String,
    /// Who asks.
    pub departments: Vec<String>,
    /// When it came, `YYYY-MM-DDTHH:MM`.
    pub received_at: String,
    /// By when it is due.
    pub due_at: Option<String>,
    /// Working minutes between both.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub lead_minutes: Option<i64>,
    /// Fields the form asks for, by id.
    pub asks: Vec<String>,
    /// Asked before.
    pub repeated: bool,
    /// Several departments ask.
    pub many_headed: bool,
    /// Due on the day it came or on the next working day.
    pub rushed: bool,
    /// Names no document it leans on.
    pub no_document: bool,
    /// Says nothing of money.
    pub no_funds: bool,
}

/// Judges a case and puts it into words.
#[must_use]
pub fn opinion(case: &Case<'_>, book: &Book) -> Opinion {
    let text = Text::new(case.text);
    let judged = judge::judge(&text, book, case.channel == "窗口");
    let when = When { received: case.received, calendar: case.calendar, terms: book.terms };
    let named = when.due(&text);
    let due = case.due.or(named.as_ref().map(|named| named.at));
    let mut departments = who::departments(&text, book.terms);
    if let Some(said) = case.department.filter(|said| !said.is_empty()) {
        departments.retain(|name| name != said);
        departments.insert(0, said.to_owned());
    }
    let title = super::intake::title(case.text);
    let flags =
        flags::flags(&text, book.terms, departments.len(), case.calendar, case.received, due);
    let again = flags::again(case.earlier, &title, case.asks, &book.terms.rules);
    let telling = Telling { text: &text, book, judged: &judged, flags: &flags, named: &named, again: &again };
    let (marks, reasons) = telling.reasons(case, due);
    let chosen = telling.chosen();
    Opinion {
        verdict: judged.verdict,
        stamp: telling.stamp().to_owned(),
        side: telling.side(),
        may_issue: judged.certificate.as_ref().is_some_and(|asked| asked.issue.is_some()),
        confidence: judged.confidence,
        confidence_title: judged.confidence.title().to_owned(),
        summary: telling.summary(),
        chips: telling.chips(case, due),
        marks,
        reasons,
        near: telling.near(),
        suggest: telling.suggest(),
        item: chosen.code,
        list: chosen.list,
        item_title: chosen.title,
        basis: chosen.basis,
        instead: chosen.instead,
        can_help: chosen.can_help,
        owner: chosen.owner,
        title,
        received_at: moment::kept(case.received),
        due_at: due.map(moment::kept),
        lead_minutes: due.map(|due| case.calendar.working_minutes(case.received, due)),
        asks: case.asks.to_vec(),
        repeated: !flags.says_again.is_empty() || !again.is_empty(),
        many_headed: flags.many_headed,
        rushed: flags.rushed,
        no_document: flags.no_document,
        no_funds: flags.no_funds,
        departments,
        again: again.iter().map(said_again).collect(),
    }
}

fn said_again(again: &flags::Again) -> Again {
    let flags::Again { earlier, shared, share } = again;
    Again {
        id: earlier.id,
        is_notice: earlier.is_notice,
        title: earlier.title.clone(),
        department: earlier.department.clone(),
        on: earlier.on.to_string(),
        shared: shared.clone(),
        share: *share,
        outcome: earlier.outcome.clone(),
    }
}

/// The entry the verdict rests on.
#[derive(Default)]
struct Chosen {
    code: Option<String>,
    list: Option<List>,
    title: String,
    basis: Vec<Basis>,
    instead: String,
    can_help: String,
    owner: String,
}

/// Everything the words are made from.
struct Telling<'t> {
    text: &'t Text,
    book: &'t Book,
    judged: &'t Judged<'t>,
    flags: &'t Flags,
    named: &'t Option<Named>,
    again: &'t [flags::Again],
}

impl Telling<'_> {
    fn stamp(&self) -> &'static str {
        match self.judged.verdict {
            Verdict::Listed => "清单内",
            Verdict::Unlisted => "清单外",
            Verdict::Negative => "负面清单",
            Verdict::NeedsAdmission => "需准入",
            Verdict::Certificate => match &self.judged.certificate {
                Some(asked) if asked.issue.is_some() => "可以出具",
                _ => "不予出具",
            },
        }
    }

    fn side(&self) -> Side {
        match self.judged.verdict {
            Verdict::Listed => {
                self.judged.items.first().and_then(|hit| hit.entry.list.side()).unwrap_or(Side::Unlisted)
            }
            Verdict::Certificate => Side::Committee,
            Verdict::Unlisted | Verdict::Negative | Verdict::NeedsAdmission => Side::Unlisted,
        }
    }

    fn chosen(&self) -> Chosen {
        let of_rule = |hit: Option<&Hit<'_, super::book::RuleWords>>, list| {
            hit.map_or_else(Chosen::default, |hit| Chosen {
                code: Some(hit.entry.code.clone()),
                list: Some(list),
                title: hit.entry.rule.title.clone(),
                basis: hit.entry.rule.basis.clone(),
                instead: hit.entry.rule.instead.clone(),
                can_help: hit.entry.rule.can_help.clone(),
                owner: hit.entry.rule.department.clone(),
            })
        };
        match self.judged.verdict {
            Verdict::Negative => of_rule(self.judged.negative.first(), List::Negative),
            Verdict::NeedsAdmission => of_rule(self.judged.admission.first(), List::Admission),
            Verdict::Unlisted => self.of_unlisted(of_rule(self.judged.outside.first(), List::Outside)),
            Verdict::Listed => self.judged.items.first().map_or_else(Chosen::default, |hit| Chosen {
                code: Some(hit.entry.code.clone()),
                list: Some(hit.entry.list),
                title: hit.entry.item.title.clone(),
                basis: hit.entry.basis().to_vec(),
                can_help: hit.entry.item.content.clone(),
                owner: hit.entry.item.department.clone(),
                ..Chosen::default()
            }),
            Verdict::Certificate => self.of_certificate(),
        }
    }

    /// Without a known kind of department's work the general rule still says why it may be refused.
    fn of_unlisted(&self, mut chosen: Chosen) -> Chosen {
        if chosen.basis.is_empty() {
            chosen.basis = self.book.outside.first().map(|rule| rule.rule.basis.clone()).unwrap_or_default();
        }
        chosen
    }

    fn of_certificate(&self) -> Chosen {
        let Some(asked) = &self.judged.certificate else { return Chosen::default() };
        let general = self.book.refuse.iter().find(|paper| paper.code == "cert-none");
        let (paper, list) = match (asked.issue, asked.refuse.or(general)) {
            (Some(issue), _) => (issue, List::Issue),
            (None, Some(refuse)) => (refuse, List::Refuse),
            (None, None) => return Chosen::default(),
        };
        let instead = match list {
            List::Issue => String::new(),
            _ => format!("请到{}办理。{}", paper.paper.office, paper.paper.office_note),
        };
        Chosen {
            code: Some(paper.code.clone()),
            list: Some(list),
            title: paper.paper.title.clone(),
            basis: paper.paper.basis.clone(),
            owner: paper.paper.office.clone(),
            instead,
            can_help: String::new(),
        }
    }

    fn summary(&self) -> String {
        let counts = (self.book.count(List::Own), self.book.count(List::Help));
        let first = self.judged.items.first();
        match self.judged.verdict {
            Verdict::Listed => first.map_or_else(String::new, |hit| {
                let side = if hit.entry.list == List::Own { "履职" } else { "协助" };
                format!("{side}第 {} 项：{}", hit.entry.number, hit.entry.item.title)
            }),
            Verdict::Unlisted => format!("{} 项履职、{} 项协助，都没有这件事", counts.0, counts.1),
            Verdict::Negative => self.judged.negative.first().map_or_else(String::new, |hit| hit.entry.rule.text.clone()),
            Verdict::NeedsAdmission => {
                self.judged.admission.first().map_or_else(String::new, |hit| hit.entry.rule.text.clone())
            }
            Verdict::Certificate => {
                let chosen = self.chosen();
                if self.stamp() == "可以出具" {
                    format!("{}：有依据，核实后可以出具", chosen.title)
                } else {
                    format!("{}：居委会不出具", chosen.title)
                }
            }
        }
    }

    fn chips(&self, case: &Case<'_>, due: Option<NaiveDateTime>) -> Vec<String> {
        let mut chips: Vec<&str> = Vec::new();
        let is_paper = self.judged.verdict == Verdict::Certificate;
        if let Some(due) = due.filter(|_| self.flags.rushed) {
            chips.push(if due.date() == case.received.date() { "上午发下午要" } else { "第二天就要" });
        }
        if !self.again.is_empty() || !self.flags.says_again.is_empty() {
            chips.push("以前报过");
        }
        if self.flags.many_headed {
            chips.push("几个部门都要");
        }
        if self.flags.no_document && !is_paper {
            chips.push("没写文号");
        }
        if self.flags.no_funds && !is_paper {
            chips.push("没写经费");
        }
        chips.into_iter().map(str::to_owned).collect()
    }

    /// The marks in the order of the text, and the reasons that name them.
    fn reasons(&self, case: &Case<'_>, due: Option<NaiveDateTime>) -> (Vec<Mark>, Vec<Reason>) {
        let mut raw: Vec<(Vec<(Found, MarkKind)>, String, String)> = Vec::new();
        let marked = |found: &[Found], kind| found.iter().map(|found| (found.clone(), kind)).collect::<Vec<_>>();
        for hit in &self.judged.negative {
            let strong = hit.entry.rule.text.trim_end_matches('。').to_owned();
            raw.push((marked(&hit.found, MarkKind::Wrong), "碰到负面清单：".to_owned(), strong));
        }
        if let Some(asked) = &self.judged.certificate
            && self.judged.verdict == Verdict::Certificate
        {
            let kind = if asked.issue.is_some() { MarkKind::Matter } else { MarkKind::Wrong };
            let (said, strong) = self.certificate_reason();
            raw.push((marked(&asked.found, kind), said, strong));
        }
        for hit in self.judged.admission.iter().take(3) {
            let said = if self.judged.waived { "来件写了准入文号：" } else { "没有准入：" };
            let strong = hit.entry.rule.text.trim_end_matches('。').to_owned();
            raw.push((marked(&hit.found, MarkKind::New), said.to_owned(), strong));
        }
        self.matter_reasons(&mut raw);
        if let Some(due) = due.filter(|_| self.flags.rushed) {
            let found = self.named.iter().map(|named| (named.found(), MarkKind::Time)).collect();
            raw.push((found, "只给 ".to_owned(), self.given(case, due)));
        }
        if let Some(again) = self.again.first() {
            let found = marked(&self.flags.says_again, MarkKind::Again);
            raw.push((found, again_said(again), again_strong(again)));
        } else if !self.flags.says_again.is_empty() {
            raw.push((marked(&self.flags.says_again, MarkKind::Again), "来件自己说".to_owned(), "以前报过".to_owned()));
        }
        self.numbered(raw)
    }

    fn matter_reasons(&self, raw: &mut Vec<(Vec<(Found, MarkKind)>, String, String)>) {
        let marked = |found: &[Found], kind| found.iter().map(|found| (found.clone(), kind)).collect::<Vec<_>>();
        match self.judged.verdict {
            Verdict::Listed => {
                if let Some(hit) = self.judged.items.first() {
                    let strong = hit.entry.item.title.clone();
                    raw.push((marked(&hit.found, MarkKind::Matter), "对上清单：".to_owned(), strong));
                }
            }
            Verdict::Unlisted => {
                for hit in self.judged.outside.iter().take(2) {
                    let strong = hit.entry.rule.department.clone();
                    let said = format!("{}，是部门的事：", hit.entry.rule.title);
                    raw.push((marked(&hit.found, MarkKind::Wrong), said, strong));
                }
            }
            Verdict::Negative | Verdict::Certificate | Verdict::NeedsAdmission => {}
        }
    }

    fn certificate_reason(&self) -> (String, String) {
        let chosen = self.chosen();
        if self.stamp() == "可以出具" {
            ("法律要居委会出具：".to_owned(), chosen.title)
        } else {
            (format!("{}不由居委会出具，", chosen.title), format!("该去{}", chosen.owner))
        }
    }

    /// How much time was given, in words.
    fn given(&self, case: &Case<'_>, due: NaiveDateTime) -> String {
        let minutes = case.calendar.working_minutes(case.received, due);
        let agreed = self.book.terms.rules.agreed_working_days;
        let (hours, rest) = (minutes / 60, minutes % 60);
        let given = match (hours, rest) {
            (0, rest) => format!("{rest} 分钟"),
            (hours, 0) => format!("{hours} 个工作小时"),
            (hours, rest) => format!("{hours} 小时 {rest} 分"),
        };
        format!("{given}，约定是 {agreed} 个工作日")
    }

    /// Gives the marks numbers in the order of the text.
    fn numbered(&self, raw: Vec<(Vec<(Found, MarkKind)>, String, String)>) -> (Vec<Mark>, Vec<Reason>) {
        let mut places: Vec<&(Found, MarkKind)> = raw.iter().flat_map(|(found, _, _)| found).collect();
        places.sort_by_key(|(found, _)| (found.range.start, std::cmp::Reverse(found.range.end)));
        let mut marks: Vec<(Found, Mark)> = Vec::new();
        for (found, kind) in places {
            let is_free = marks.last().is_none_or(|(last, _)| last.range.end <= found.range.start);
            if is_free && marks.len() < MARKS_AT_MOST {
                let place = self.text.pasted(&found.range);
                let number = marks.len() + 1;
                let text = self.text.plain[found.range.clone()].to_owned();
                marks.push((found.clone(), Mark { from: place.start, to: place.end, kind: *kind, number, text }));
            }
        }
        let number_of = |found: &Found| {
            let holds = |mark: &&(Found, Mark)| mark.0.range.start <= found.range.start && found.range.start < mark.0.range.end;
            marks.iter().find(holds).map(|(_, mark)| mark.number)
        };
        let reasons = raw.iter().map(|(found, text, strong)| {
            let mut numbers: Vec<usize> = found.iter().filter_map(|(found, _)| number_of(found)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            Reason { marks: numbers, text: text.clone(), strong: strong.clone() }
        });
        let reasons = reasons.collect();
        (marks.into_iter().map(|(_, mark)| mark).collect(), reasons)
    }

    fn near(&self) -> Vec<Near> {
        let skip = usize::from(self.judged.verdict == Verdict::Listed);
        let best = self.judged.items.first().map_or(0.0, |hit| hit.score);
        let items = self.judged.items.iter().skip(skip).filter(|hit| hit.score >= best * NEAR_FROM);
        let mut near: Vec<Near> = items.take(2).map(|hit| {
            let side = if hit.entry.list == List::Own { "履职" } else { "协助" };
            Near {
                label: format!("{side} {}", hit.entry.number),
                text: format!("{}：{}", hit.entry.item.title, hit.entry.item.content),
                side: hit.entry.list.side(),
                code: Some(hit.entry.code.clone()),
            }
        }).collect();
        near.extend(self.again.iter().take(2).map(|again| Near {
            label: again.earlier.on.format("%Y年%-m月").to_string(),
            text: format!("{}：{}", again.earlier.title, again.earlier.outcome),
            side: None,
            code: None,
        }));
        near
    }

    fn suggest(&self) -> Decision {
        match self.judged.verdict {
            Verdict::Listed if self.flags.rushed || !self.again.is_empty() => Decision::Inquire,
            Verdict::Listed => Decision::Accept,
            Verdict::Certificate if self.stamp() == "可以出具" => Decision::Accept,
            Verdict::Certificate => Decision::Decline,
            Verdict::NeedsAdmission => Decision::Admit,
            Verdict::Negative | Verdict::Unlisted => Decision::Inquire,
        }
    }
}

fn again_said(again: &flags::Again) -> String {
    let on = again.earlier.on.format("%-m月");
    format!("与{on}《{}》", again.earlier.title)
}

fn again_strong(again: &flags::Again) -> String {
    if again.shared.is_empty() { "差不多".to_owned() } else { format!("重 {} 栏", again.shared.len()) }
}
