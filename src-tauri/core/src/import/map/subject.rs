//! What a list is about: people, households, places, organisations, or what happened.
//!
//! Three witnesses: the headings that belong to one of these worlds only, the headings that every
//! person has, and the words of the title. Which departments a title names is told here too.

use super::Words;
use crate::dictionary::{self, FieldDef, Found, Subject};
use crate::import::shape::{Shape, words};

/// Of equals the first stays: most sheets are about people.
const SUBJECTS: [Subject; 5] =
    [Subject::Resident, Subject::Household, Subject::Place, Subject::Organisation, Subject::Event];

/// Headings of a world without which a title alone decides nothing.
const AT_LEAST: usize = 2;

/// Words of a title that say what a row is, with their weight; the first that fits counts.
const TITLES: &[(&str, Subject, usize)] = &[
    ("记录", Subject::Event, 4),
    ("隐患", Subject::Event, 3),
    ("整改", Subject::Event, 3),
    ("工单", Subject::Event, 3),
    ("信访", Subject::Event, 3),
    ("诉求", Subject::Event, 3),
    ("纠纷", Subject::Event, 3),
    ("调解", Subject::Event, 2),
    ("接待", Subject::Event, 3),
    ("来访", Subject::Event, 3),
    ("值班", Subject::Event, 3),
    ("巡查", Subject::Event, 3),
    ("报修", Subject::Event, 3),
    ("劝导", Subject::Event, 2),
    ("日志", Subject::Event, 3),
    ("收支", Subject::Event, 3),
    ("来文", Subject::Event, 3),
    ("用印", Subject::Event, 3),
    ("会议", Subject::Event, 2),
    ("资产", Subject::Event, 2),
    ("物资", Subject::Event, 1),
    ("活动", Subject::Event, 1),
    ("走访", Subject::Event, 1),
    ("探访", Subject::Event, 1),
    ("名单", Subject::Resident, 1),
    ("名册", Subject::Resident, 1),
    ("花名册", Subject::Resident, 1),
    ("商铺", Subject::Organisation, 2),
    ("商户", Subject::Organisation, 2),
    ("企业", Subject::Organisation, 2),
    ("单位", Subject::Organisation, 1),
    ("场所", Subject::Organisation, 2),
    ("门店", Subject::Organisation, 2),
    ("团队", Subject::Organisation, 2),
    ("社会组织", Subject::Organisation, 2),
    ("业委会", Subject::Organisation, 1),
    ("出租房", Subject::Place, 2),
    ("房屋", Subject::Place, 2),
    ("楼栋", Subject::Place, 2),
    ("维修资金", Subject::Place, 2),
    ("入户", Subject::Household, 1),
];

/// Words of a title and the groups of the dictionary that they make likely.
const DEPARTMENTS: &[(&str, &str)] = &[
    ("残疾", "残疾"),
    ("两项补贴", "残疾"),
    ("低保", "救助"),
    ("救助", "救助"),
    ("最低生活保障", "救助"),
    ("特困", "救助"),
    ("困难", "救助"),
    ("低收入", "救助"),
    ("优抚", "优抚"),
    ("退役", "优抚"),
    ("军人", "优抚"),
    ("烈属", "优抚"),
    ("抚恤", "优抚"),
    ("优待", "优抚"),
    ("计生", "计生"),
    ("计划生育", "计生"),
    ("独生子女", "计生"),
    ("特扶", "计生"),
    ("奖扶", "计生"),
    ("特别扶助", "计生"),
    ("失独", "计生"),
    ("育龄", "计生"),
    ("老年", "养老服务"),
    ("老人", "养老服务"),
    ("高龄", "养老服务"),
    ("养老", "养老服务"),
    ("敬老", "养老服务"),
    ("医保", "养老服务"),
    ("医疗保险", "养老服务"),
    ("儿童", "未成年人"),
    ("未成年", "未成年人"),
    ("青少年", "未成年人"),
    ("学生", "未成年人"),
    ("入学", "未成年人"),
    ("失业", "就业"),
    ("就业", "就业"),
    ("求职", "就业"),
    ("党员", "党建"),
    ("党支部", "党建"),
    ("党总支", "党建"),
    ("来沪", "来沪人员"),
    ("流动人口", "来沪人员"),
    ("外来", "来沪人员"),
    ("暂住", "来沪人员"),
    ("矫正", "特殊人群"),
    ("精神障碍", "特殊人群"),
    ("精障", "特殊人群"),
    ("刑满", "特殊人群"),
    ("刑释", "特殊人群"),
    ("戒毒", "特殊人群"),
    ("志愿", "志愿服务"),
    ("体检", "健康服务"),
    ("接种", "健康服务"),
    ("疫苗", "健康服务"),
    ("家庭医生", "健康服务"),
    ("骨干", "社区骨干"),
    ("楼组长", "社区骨干"),
    ("居民代表", "社区骨干"),
    ("出租", "租住"),
    ("租赁", "租住"),
];

/// The parts of an address stand in lists of anything.
fn is_part_of_address(field: &FieldDef) -> bool {
    matches!(
        field.id.as_str(),
        "place.estate"
            | "place.road"
            | "place.building"
            | "place.unit"
            | "place.group"
            | "place.floor"
            | "place.room"
            | "place.grid"
            | "place.residents_group"
            | "place.community"
            | "place.town"
    )
}

/// Places of the worlds in [`SUBJECTS`].
const RESIDENT: usize = 0;
const HOUSEHOLD: usize = 1;
const ORGANISATION: usize = 3;
const EVENT: usize = 4;
/// What a day and a place in the first columns weigh.
const WHEN_AND_WHERE: usize = 3;

/// Single columns that say more than their number.
#[derive(Default)]
struct Told {
    has_name: bool,
    has_identity: bool,
    has_head: bool,
    has_door: bool,
    has_organisation: bool,
    /// Telephones and addresses, which anybody has.
    plain: usize,
    says_when: bool,
    says_where: bool,
}

impl Told {
    fn hear(&mut self, at: usize, path: &[&str], as_person: &Found<'_>) {
        let id = as_person.own.or(as_person.sure()).map_or("", |field| field.id.as_str());
        let has =
            |ids: &[&str]| as_person.candidates.iter().any(|seen| ids.contains(&seen.field.id.as_str()));
        let last = path.last().map(|last| words::tidy(last)).unwrap_or_default();
        self.has_name |= id == "person.name";
        self.has_identity |= matches!(id, "person.id_number" | "person.gender" | "person.birth_on");
        self.plain += usize::from(matches!(id, "person.phone" | "person.living_address"));
        self.has_head |= id == "household.head_name";
        self.has_door |= matches!(id, "place.building" | "place.room");
        self.has_organisation |= has(&["organisation.name", "organisation.sign", "organisation.credit_code"]);
        self.says_when |= at < 3 && matches!(last.as_str(), "日期" | "时间");
        self.says_where |= matches!(last.as_str(), "地点" | "内容" | "情况" | "事项" | "事由" | "地址");
    }

    fn weigh(&self, counts: &mut [usize]) {
        // A telephone alone does not make a list one of people.
        if !self.has_name && !self.has_identity && !self.has_head {
            counts[RESIDENT] = counts[RESIDENT].saturating_sub(self.plain);
        }
        // Where only the head of the household is named, the other details are his.
        if self.has_head && !self.has_name {
            counts[HOUSEHOLD] += std::mem::take(&mut counts[RESIDENT]);
        }
        if self.has_door && !self.has_organisation {
            counts[ORGANISATION] = 0;
        }
        if self.says_when && self.says_where && !self.has_identity {
            counts[EVENT] += WHEN_AND_WHERE;
        }
    }
}

/// What a row of the sheet is; `title` is all that stands over it, the sheet's name included.
pub(super) fn of(shape: &Shape, title: &str, with: &Words<'_>) -> Subject {
    let mut counts = [0usize; SUBJECTS.len()];
    let mut told = Told::default();
    for (at, column) in shape.columns.iter().enumerate() {
        let path: Vec<&str> = column.levels.iter().map(String::as_str).collect();
        let find = |subject| dictionary::find(with.dictionary, &path, with.remembered, subject);
        let as_person = find(Subject::Resident);
        told.hear(at, &path, &as_person);
        let is_persons = as_person.sure().is_some_and(|field| field.common) || as_person.own.is_some();
        if is_persons {
            // Whose name a list has, it is about; other details may be those of somebody in a record.
            let is_name = as_person.own.or(as_person.sure()).is_some_and(|field| field.id == "person.name");
            counts[0] += 1 + usize::from(is_name);
            continue;
        }
        for (subject, count) in SUBJECTS.iter().zip(&mut counts) {
            let found = find(*subject);
            *count += usize::from(
                found.sure().is_some_and(|field| field.subject == *subject && !is_part_of_address(field)),
            );
        }
    }
    told.weigh(&mut counts);
    if let Some((_, subject, weight)) = TITLES.iter().find(|(word, _, _)| title.contains(word))
        && let Some(at) = SUBJECTS.iter().position(|known| known == subject)
        && counts[at] >= AT_LEAST
    {
        counts[at] += weight;
    }
    let best = counts.iter().copied().max().unwrap_or(0);
    counts.iter().position(|&count| count == best).map_or(Subject::Resident, |at| SUBJECTS[at])
}

/// The groups of the dictionary that a title makes likely.
pub(super) fn departments(title: &str) -> Vec<&'static str> {
    let mut groups: Vec<&str> = Vec::new();
    for (word, group) in DEPARTMENTS {
        if title.contains(word) && !groups.contains(group) {
            groups.push(group);
        }
    }
    groups
}
