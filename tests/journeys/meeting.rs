//! One matter through hearing, coordination and review, with a hearing that falls through for want of
//! people, a count that does not add up, a department that answers, an agreement and a rectification.

use serde_json::{Value, json};

use crate::support::{Desk, list, number, text};

/// A clerk at one meeting.
struct Chair {
    desk: Desk,
    meeting: Value,
}

impl Chair {
    fn view(&mut self) -> Value {
        self.desk.call("meeting.get", json!({ "id": self.meeting }))
    }

    fn fill(&mut self, values: Value) -> Value {
        self.desk.call("meeting.change", json!({ "id": self.meeting, "values": values }))
    }

    fn row(&mut self, record: &str, values: Value) -> Value {
        let rows = json!([{ "record": record, "values": values }]);
        let view = self.desk.call("meeting.change", json!({ "id": self.meeting, "rows": rows }));
        rows_of(&view, record).last().unwrap()["id"].clone()
    }

    fn invite(&mut self, role: &str, count: usize) {
        let add: Vec<Value> =
            (0..count).map(|at| json!({ "name": format!("{role}{at}"), "roles": [role] })).collect();
        self.desk.call("meeting.roll", json!({ "id": self.meeting, "add": add }));
    }

    /// Ticks everybody of the roll, or the first so many.
    fn tick(&mut self, count: usize) -> Value {
        let roll = self.view()["roll"].clone();
        let mark: Vec<Value> = list(&roll)
            .iter()
            .take(count)
            .map(|one| json!({ "person": one["id"], "arrival": "present" }))
            .collect();
        self.desk.call("meeting.roll", json!({ "id": self.meeting, "mark": mark }))
    }

    fn sign(&mut self) {
        let roll = self.view()["roll"].clone();
        let mark: Vec<Value> =
            list(&roll).iter().map(|one| json!({ "person": one["id"], "signed_on": "2026-11-16" })).collect();
        self.desk.call("meeting.roll", json!({ "id": self.meeting, "mark": mark }));
    }

    fn act(&mut self, stage: &str, more: Value) -> Value {
        let mut request = json!({ "id": self.meeting, "act": "finish", "stage": stage });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.desk.reply("meeting.act", request)
    }

    fn finish(&mut self, stage: &str, more: Value) -> Value {
        let reply = self.act(stage, more);
        assert_eq!(reply["ok"], true, "{stage} must end: {}", reply["error"]);
        reply["value"].clone()
    }

    fn count(&mut self, vote: &str, counts: Value) -> Value {
        let request = json!({ "id": self.meeting, "vote": vote, "counts": counts, "keep": true });
        self.desk.call("meeting.vote", request)
    }

    fn begin(&mut self, kind: &str, matter: &Value) {
        let new = json!({ "kind": kind, "matter": matter });
        self.meeting = self.desk.call("meeting.new", new)["id"].clone();
    }
}

fn rows_of<'v>(view: &'v Value, record: &str) -> &'v Vec<Value> {
    let records = list(&view["records"]);
    list(&records.iter().find(|one| one["id"] == record).unwrap()["rows"])
}

fn state(view: &Value, stage: &str) -> String {
    let stages = list(&view["stages"]);
    text(&stages.iter().find(|one| one["id"] == stage).unwrap()["state"]).to_owned()
}

#[test]
fn one_matter_goes_through_hearing_coordination_and_review() {
    let mut desk = Desk::empty();
    let matter = listed(&mut desk);
    let mut chair = Chair { desk, meeting: Value::Null };
    hearing(&mut chair, &matter);
    coordination(&mut chair, &matter);
    review(&mut chair, &matter);
    filed(&mut chair, &matter);
    chair.desk.restart();
    let check = chair.desk.call("office.check", json!({}));
    assert_eq!(check["ok"], true, "the store is sound after all this: {check}");
}

/// The matter comes in, is reviewed and listed.
fn listed(desk: &mut Desk) -> Value {
    let values = json!({
        "content": "六楼老人上下楼不便", "received_on": "2026-10-20", "scope_households": 36,
        "building": ["3号楼"], "decided_on": "2026-10-19",
    });
    let matter = json!({ "title": "3号楼加装电梯", "way_in": "committee", "values": values });
    let matter = desk.call("matter.new", matter)["id"].clone();
    desk.call("matter.move", json!({ "id": matter, "step": "submit" }));
    let refused = desk.reply("matter.move", json!({ "id": matter, "step": "list" }));
    assert!(text(&refused["error"]["message"]).contains("党组织"), "the review is asked for: {refused}");
    let values =
        json!({ "party_checked_on": "2026-10-21", "party_opinion": "同意列入", "told_on": "2026-10-22" });
    desk.call("matter.move", json!({ "id": matter, "step": "list", "values": values }));
    matter
}

fn hearing(chair: &mut Chair, matter: &Value) {
    chair.begin("hearing", matter);
    let values = json!({
        "project": "3号楼加装电梯", "implementing_unit": "云州安居工程有限公司", "department": "东溪街道房管办",
        "party_checked_on": "2026-10-21", "held_at": "2026-11-12 19:00", "place": "梅园居民区活动室",
        "announced_on": "2026-11-02", "notified_on": "2026-11-03",
    });
    chair.fill(values);
    chair.row("plan", json!({ "title": "外挂电梯" }));
    chair.finish("draft", json!({}));
    chair.invite("head", 1);
    chair.invite("affected", 16);
    chair.invite("delegate", 10);
    chair.invite("unit", 6);
    let refused = chair.act("group", json!({}));
    let said = text(&refused["error"]["message"]);
    assert!(said.contains("利害关系居民16人"), "the share of those affected is looked at: {said}");
    chair.finish("group", json!({ "reason": "另有两户出差，书面委托" }));
    chair.finish("announce", json!({}));
    chair.finish("notify", json!({}));
    let skip = json!({ "act": "skip" });
    chair.finish("survey", skip);
    falls_through(chair);
    votes(chair);
    answered(chair);
}

/// Too few come: the meeting begins anew on another day, and what was stays.
fn falls_through(chair: &mut Chair) {
    let view = chair.tick(21);
    assert_eq!((number(&view["quorum"]["present"]), number(&view["quorum"]["needed"])), (21, 22));
    let again = json!({ "way": "adjourn", "reason": "雷雨", "held_at": "2026-11-20 19:00" });
    let view = chair.finish("held", again);
    assert_eq!(number(&view["attempt"]), 2);
    assert_eq!(number(&view["attempts"][0]["present"]), 21, "who came is kept: {}", view["attempts"]);
    assert_eq!((state(&view, "announce"), state(&view, "group")), ("open".to_owned(), "done".to_owned()));
    assert_eq!(number(&view["quorum"]["present"]), 0, "nobody is there yet");
    chair.fill(json!({ "announced_on": "2026-11-14", "notified_on": "2026-11-14" }));
    let refused = chair.act("announce", json!({}));
    assert!(text(&refused["error"]["message"]).contains("公告天数"), "six days are too few: {refused}");
    let view = chair.finish("announce", json!({ "reason": "方案没有变，提前贴了预告" }));
    let went = list(&view["stages"]).iter().find(|stage| stage["id"] == "announce").unwrap();
    assert_eq!(went["reason"], "方案没有变，提前贴了预告", "the reason is kept: {went}");
    chair.finish("notify", json!({ "reason": "当面通知" }));
    chair.finish("survey", json!({ "act": "skip" }));
}

/// One vote is missing, is noted, and the counts are locked and once corrected.
fn votes(chair: &mut Chair) {
    chair.tick(31);
    let people = json!({ "agree": 21, "conditional": 4, "against": 3, "abstain": 2 });
    let counted = chair.count("tendency", json!({ "lines": [{ "people": people }] }));
    assert_eq!(counted["problems"], json!(["到会 31，票数 30，差 1"]));
    let lock = json!({ "id": chair.meeting, "vote": "tendency" });
    assert_eq!(
        chair.desk.reply("meeting.lock", lock.clone())["ok"],
        false,
        "what does not add up is not locked"
    );
    let counted = chair.count("tendency", json!({ "lines": [{ "people": people }], "not_voted": 1 }));
    assert_eq!(
        (text(&counted["outcome"]["title"]), number(&counted["outcome"]["threshold"])),
        ("多数同意", 16)
    );
    chair.desk.call("meeting.lock", lock);
    let late = json!({ "id": chair.meeting, "add": [{ "name": "迟到者", "roles": ["unit"] }] });
    assert_eq!(
        chair.desk.reply("meeting.roll", late)["ok"],
        false,
        "the roll stands once the votes are locked"
    );
    let people = json!({ "agree": 20, "conditional": 5, "against": 3, "abstain": 2 });
    let counts = json!({ "lines": [{ "people": people }], "not_voted": 1 });
    let correct = json!({ "id": chair.meeting, "vote": "tendency", "counts": counts });
    assert_eq!(
        chair.desk.reply("meeting.lock", correct.clone())["ok"],
        false,
        "a correction needs its reason"
    );
    let mut correct = correct;
    correct["reason"] = json!("一张票看错");
    let view = chair.desk.call("meeting.lock", correct);
    let vote = list(&view["votes"]).iter().find(|vote| vote["id"] == "tendency").unwrap();
    assert_eq!(number(&vote["versions"][0]["counts"]["lines"][0]["people"]["agree"]), 21, "the old stays");
    let refused = chair.act("held", json!({}));
    assert!(text(&refused["error"]["message"]).contains("少数意见"), "the minority is heard: {refused}");
    chair.fill(json!({ "minority": "102室：要求开工前先定补偿。" }));
    let minutes = chair.desk.call("meeting.minutes", json!({ "id": chair.meeting }));
    assert!(
        minutes.to_string().contains("102室：要求开工前先定补偿"),
        "and stands in the minutes: {minutes}"
    );
    chair.finish("held", json!({}));
}

/// The letter is signed, delivered and answered item by item.
fn answered(chair: &mut Chair) {
    let first = chair.row("opinion", json!({ "content": "先定补偿再开工", "minority": true }));
    let second = chair.row("opinion", json!({ "content": "费用先公示" }));
    let refused = chair.act("letter", json!({}));
    assert!(text(&refused["error"]["message"]).contains("个签名"), "signatures are counted: {refused}");
    let letter = chair.desk.call("meeting.paper", json!({ "id": chair.meeting, "paper": "opinion_letter" }));
    let said = letter["parts"].to_string();
    assert!(
        said.contains("1. 先定补偿再开工") && said.contains("1. 费用先公示"),
        "the minority apart: {letter}"
    );
    assert!(said.contains("[\"同意\",\"20\""), "the counts that stand: {letter}");
    chair.sign();
    chair.finish("letter", json!({}));
    chair.fill(json!({ "posted_on": "2026-11-21", "posted_where": "居务公开栏" }));
    chair.finish("post", json!({}));
    let delivered =
        json!({ "letter_to": "东溪街道房管办", "delivered_on": "2026-11-19", "receiver": "方圆" });
    let view = chair.fill(delivered);
    let due = list(&view["deadlines"]).iter().find(|due| due["id"] == "reply_due").unwrap();
    assert_eq!(due["on"], "2026-12-10", "fifteen working days");
    chair.finish("deliver", json!({}));
    let home = chair.desk.call("office.home", json!({}));
    assert!(
        home["meetings"]["next"].to_string().contains("部门答复"),
        "it stands on the first screen: {home}"
    );
    let rows = json!([
        { "record": "opinion", "id": first, "values": { "decision": "部分采纳", "reason": "补偿另行协商" } },
        { "record": "opinion", "id": second, "values": { "decision": "采纳" } },
    ]);
    let replied = json!({ "id": chair.meeting, "rows": rows, "values": { "replied_on": "2026-11-21" } });
    chair.desk.call("meeting.change", replied);
    chair.finish("reply", json!({}));
    let refused = chair.act("follow", json!({ "way": "coordinate" }));
    assert!(text(&refused["error"]["message"]).contains("公示期满"), "what is open is said: {refused}");
    chair.finish("follow", json!({ "way": "coordinate", "reason": "底层补偿先协调" }));
    chair.fill(json!({ "archive_number": "梅2026-三会-07-1" }));
    let view = chair.finish("archive", json!({}));
    assert_eq!(view["closed"], true);
    let offers = view["offers"].to_string();
    assert!(offers.contains("coordination"), "a coordination meeting is offered: {offers}");
}

fn coordination(chair: &mut Chair, matter: &Value) {
    chair.begin("coordination", matter);
    chair.fill(json!({
        "received_on": "2026-11-16", "opened_by": "当事人申请", "dispute_kind": "房屋", "facts": "底层采光受影响",
        "accepted": "受理", "held_at": "2026-11-20 14:00", "notified_on": "2026-11-20", "instant": true,
    }));
    chair.row("party_row", json!({ "side": "申请人", "person": "何文斌" }));
    chair.row("party_row", json!({ "side": "被申请人", "person": "周桂芳" }));
    chair.finish("draft", json!({}));
    let refused = chair.act("accept", json!({}));
    assert_eq!(refused["ok"], false, "both parties must want it, and somebody must mediate: {refused}");
    chair.invite("party", 2);
    chair.invite("mediator", 1);
    chair.fill(json!({ "consent_heard": true }));
    chair.finish("accept", json!({}));
    chair.finish("notify", json!({}));
    chair.tick(3);
    chair.fill(json!({ "focus": "补偿多少" }));
    chair.count("consent", json!({ "lines": [{ "people": { "agree": 2 } }] }));
    let view = chair.finish("held", json!({}));
    assert_eq!(
        (text(&view["stage"]), text(&view["outcome"])),
        ("agreement", "达成协议"),
        "the counts are locked"
    );
    chair.row("obligation", json!({ "who": "电梯业主", "what": "补偿两万元", "due_on": "2026-11-21" }));
    chair.fill(json!({ "form": "书面协议", "effective_on": "2026-11-20" }));
    let refused = chair.act("agreement", json!({ "reason": "改日再签" }));
    assert_eq!(refused["ok"], false, "no reason stands for a signature: {refused}");
    chair.sign();
    chair.finish("agreement", json!({}));
    let due = chair.desk.call("meeting.due", json!({ "matter": matter }));
    assert!(due.to_string().contains("补偿两万元"), "the obligation is due: {due}");
    let view = chair.view();
    let obligation = rows_of(&view, "obligation")[0]["id"].clone();
    let rows = json!([{ "record": "obligation", "id": obligation, "values": { "done_on": "2026-11-21" } }]);
    let values = json!({ "performed": "已履行", "visited_on": "2026-11-21", "visit_result": "双方没有意见" });
    chair.desk.call("meeting.change", json!({ "id": chair.meeting, "rows": rows, "values": values }));
    chair.finish("perform", json!({}));
    chair.finish("visit", json!({ "way": "done" }));
    chair.fill(json!({ "archive_number": "梅2026-三会-07-2" }));
    let view = chair.finish("archive", json!({}));
    assert_eq!(state(&view, "failed"), "passed", "the way that was not taken");
}

fn review(chair: &mut Chair, matter: &Value) {
    chair.begin("review", matter);
    chair.fill(json!({
        "title": "电梯施工评议", "period": "2026年", "subject_kind": "物业服务企业", "method": "按满意率",
        "frozen_on": "2026-10-30", "held_at": "2026-11-20 09:30",
        "outline_on": "2026-11-05", "notified_on": "2026-11-06",
    }));
    let subject = chair.row("subject", json!({ "title": "施工", "unit": "云州安居工程有限公司" }));
    let indicator = chair.row("indicator", json!({ "title": "文明施工", "weight": 100 }));
    chair.finish("draft", json!({}));
    chair.finish("freeze", json!({}));
    let drop = json!({ "id": chair.meeting, "drop_rows": [indicator] });
    assert_eq!(chair.desk.reply("meeting.change", drop)["ok"], false, "what is frozen stays");
    chair.invite("resident", 11);
    chair.finish("group", json!({}));
    chair.finish("notify", json!({}));
    chair.tick(10);
    let line =
        json!({ "subject": subject, "indicator": indicator, "people": { "good": 6, "fair": 1, "bad": 2 } });
    let counts = json!({ "lines": [line], "issued": 10, "collected": 10, "valid": 9, "void": 0 });
    let counted = chair.count("grade", counts);
    assert_eq!(counted["problems"], json!(["收回 10，有效和作废 9，差 1"]));
    let counts = json!({ "lines": [line], "issued": 10, "collected": 10, "valid": 9, "void": 1 });
    let counted = chair.count("grade", counts);
    assert_eq!(text(&counted["outcome"]["title"]), "基本满意", "seven of nine: {counted}");
    chair.desk.call("meeting.lock", json!({ "id": chair.meeting, "vote": "grade" }));
    chair.finish("held", json!({}));
    chair.finish("minutes", json!({ "reason": "次日补签" }));
    chair.fill(json!({ "feedback_on": "2026-11-20", "feedback_receiver": "方圆", "plan_needed": "要整改" }));
    let view = chair.finish("feedback", json!({}));
    let due = list(&view["deadlines"]).iter().find(|due| due["id"] == "plan_due").unwrap();
    assert_eq!(due["on"], "2026-12-11", "fifteen working days for the plan");
    let row =
        json!({ "problem": "噪声", "due_on": "2026-11-21", "done_on": "2026-11-21", "accepted": "通过" });
    chair.row("rectification", row);
    chair.finish("rectify", json!({ "reason": "计划口头交了" }));
    chair.fill(json!({ "accepted_on": "2026-11-21", "accept_result": "没有通过", "acceptors": ["黎知远"] }));
    let view = chair.finish("accept", json!({ "reason": "夜里还在施工" }));
    assert_eq!((text(&view["stage"]), number(&view["attempt"])), ("rectify", 1), "only the plan begins anew");
    chair.finish("rectify", json!({ "reason": "计划口头交了" }));
    chair.fill(json!({ "accept_result": "通过", "posted_on": "2026-11-21", "posted_where": "居务公开栏" }));
    chair.finish("accept", json!({ "way": "done" }));
    chair.finish("post", json!({ "reason": "公示期内先报主管部门" }));
    chair.fill(json!({ "reported_to": "东溪街道", "reported_on": "2026-11-21", "archive_number": "梅2026-三会-07-3" }));
    chair.finish("report", json!({}));
    chair.finish("archive", json!({}));
}

/// The matter is closed; the pack and the figures of the year say what happened.
fn filed(chair: &mut Chair, matter: &Value) {
    let close = json!({ "id": matter, "result": "已解决", "result_text": "电梯已经装好" });
    let refused = chair.desk.reply("matter.close", close.clone());
    let said = text(&refused["error"]["message"]).to_owned();
    assert!(said.contains("落实情况"), "what the meetings still owe is said: {said}");
    let mut close = close;
    close["reason"] = json!("补偿已经履行，落实情况下月补记");
    let view = chair.desk.call("matter.close", close);
    assert_eq!(view["state_title"], "已办结");
    let pack = chair.desk.call("matter.archive", json!({ "id": matter }));
    assert_eq!(list(&pack["meetings"]).len(), 3);
    assert!(list(&pack["reasons"]).len() >= 6, "every reason is filed: {}", pack["reasons"]);
    let versions = list(&pack["versions"]);
    assert_eq!(
        versions.iter().filter(|one| one["void"] == true).count(),
        1,
        "the corrected count: {versions:?}"
    );
    let year = chair.desk.call("matter.statistics", json!({ "year": 2026 }));
    let rate = |id: &str| {
        let found = list(&year["rates"]).iter().find(|rate| rate["id"] == id).unwrap();
        (number(&found["top"]), number(&found["bottom"]))
    };
    assert_eq!(rate("satisfaction"), (7, 9));
    assert_eq!(rate("adoption"), (2, 2));
    assert_eq!(rate("participation"), (31 + 2 + 10, 33 + 2 + 11));
    assert_eq!(rate("agreement"), (1, 1));
    assert_eq!(rate("performance"), (1, 1));
    assert_eq!(list(&year["register"]).len(), 3, "three lines in the register");
}
