//! Papers for the tests in the shape of the model pages p01 and p05: report, minutes, sign-in sheet.
//!
//! Compiled for tests only; every name, number and place is invented.

use super::super::document::{
    Align, Block, Cell, Closing, Column, Document, Paragraph, Seal, SignPlace, Table, Title,
};

/// All of them with the names of their files.
pub(crate) fn all() -> Vec<(&'static str, Document)> {
    vec![("p01", report()), ("p05a", minutes()), ("p05b", sign_in()), ("official", long_report())]
}

/// The seal of the models; papers of the program leave its place free.
pub(crate) fn seal() -> Seal {
    Seal::Drawn {
        ring: "听澜街道春晓里社区居民委员会".into(), below: "示例".into(), diameter: 38
    }
}

/// Name and date with the seal of the models.
pub(crate) fn sealed(date: &str) -> Closing {
    Closing { seal: seal(), ..Closing::new("春晓里社区居民委员会", date) }
}

/// p01: an official report of two pages.
pub(crate) fn report() -> Document {
    let mut paper = Document::official("春晓里社区居民委员会关于“一次录入、多表复用”试行情况的报告");
    paper.push(Block::title(paper.title.clone()));
    paper.push(Paragraph::addressee("听澜街道办事处："));
    paper.push(Block::body(
        "根据街道关于减轻社区工作负担的部署，春晓里社区自2026年4月起试行“一次录入、多表复用”，至9月底满\
         六个月。现将有关情况报告如下。",
    ));
    paper.push(Block::heading(1, "一、基本情况"));
    paper.push(Block::body(
        "社区共有居民楼46幢、居民2318户、5964人，网格12个，在岗社区工作者13人。试行前在册台账41本，其中27\
         本与其他台账重复的栏目超过六成，同一位老人的姓名、住址和电话，一年平均要抄写19次。",
    ));
    paper.push(Block::heading(1, "二、主要做法"));
    for text in [
        "（一）建立数据字典。把41本台账的386个栏目归并为97个数据项，一人一档、一房一档。凡已入档的内容，上级\
         来表时由系统代填，经办人只补缺项。",
        "（二）对照两份清单收件。来文来表先与《依法履行职责事项清单》《协助政府工作事项清单》比对，分为三类办理。",
        "1.清单内且依据、频次齐全的，当日登记办理。",
        "2.清单内但缺少经费或者频次的，发商请函补正。",
        "3.清单外的，出具告知单，并报街道备案。",
    ] {
        paper.push(Paragraph::levelled(text));
    }
    paper.push(Block::heading(1, "三、初步成效"));
    paper.push(Block::body(
        "台账由41本并为16本，每月上报表格由63张降到24张，行政事务占用工时由82.4%降到57.9%；上门走访由每月\
         146户增加到388户。",
    ));
    paper.push(Block::heading(1, "四、存在问题和下一步打算"));
    paper.push(Block::body(
        "目前仍有8张表的口径与社区台账不一致，需要条线部门书面说明。第四季度将完成全部楼栋的补缺走访，并召开评\
         议会，请居民评议减负成效。",
    ));
    paper.push(Block::body("特此报告。"));
    let names = ["春晓里社区减负对照表", "台账归并目录（41本并为16本）"];
    paper.push(Block::AttachmentNote(names.map(str::to_owned).to_vec()));
    paper.push(sealed("2026年10月9日"));
    paper.push(Block::Rows(1.0));
    paper.push(Block::body("（联系人：沈若溪，联系电话：0800-5550137）"));
    paper
}

/// A longer report with attachments, one of them lying.
pub(crate) fn long_report() -> Document {
    let mut paper = report();
    paper.push(Block::Attachment { label: "附件1".into(), title: "春晓里社区减负对照表".into() });
    let mut table = Table::titled(["序号", "指标", "单位", "3月", "9月", "数据来源"]);
    for index in 1..60 {
        let texts = [index.to_string(), "在册协助事项".into(), "项".into(), "86".into(), "47".into()];
        let mut row = texts.map(Cell::new).to_vec();
        row.push(Cell::new("两份清单"));
        table.rows.push(row);
    }
    paper.push(table);
    paper.push(Block::Section(super::super::document::Orientation::Landscape));
    paper.push(Block::Attachment { label: "附件2".into(), title: "台账归并目录".into() });
    let titles = ["序号", "原台账名称", "条线部门", "栏目数", "归并到", "归并后栏目数", "频次", "备注"];
    let mut table = Table::titled(titles);
    for index in 1..42 {
        let number = index.to_string();
        let texts = [
            number.as_str(),
            "独居、孤老及高龄老人关爱台账",
            "社区服务办公室",
            "16",
            "老年人关爱台账",
            "12",
            "每月",
            "保留街道要求的两个栏目",
        ];
        table.rows.push(texts.map(Cell::new).to_vec());
    }
    paper.push(table);
    paper
}

/// p05: minutes of a hearing.
pub(crate) fn minutes() -> Document {
    let mut paper = Document::official("春晓里社区听证会纪要");
    paper.push(Title { ruled: true, ..Title::new(paper.title.clone()).numbered("听〔2026〕3号") });
    for (label, text) in [
        ("时　　间：", "2026年9月12日14时至16时10分"),
        ("地　　点：", "春晓里社区活动室二楼会议室"),
        ("主 持 人：", "沈若溪（居民委员会主任、听证小组组长）"),
        ("议　　题：", "一村7号至12号楼非机动车停车棚改建"),
    ] {
        paper.push(Paragraph::labelled(label, text, 0.0, 5.0));
    }
    paper.push(Block::body(
        "本次听证会公告于9月1日张贴并在居务公开栏公布。听证小组应到21人，实到18人，超过三分之二，会议有效。实施\
         单位说明方案后，与会代表逐一发言。会议认为：",
    ));
    for text in [
        "一、改建确有必要。现有车位96个，登记车辆214辆，楼道停放、飞线充电等隐患突出，居民要求改建的来信来访一年\
         内达37件。",
        "二、选址应当调整。方案一占用绿地68平方米，代表多不赞成；方案二沿北侧围墙布置，距7号楼北窗9米。",
        "三、少数意见应当写明。底层3户提出遮光、噪声和夜间照明问题，要求加装隔声板、22时后停止充电。实施单位表示\
         可以修改图纸，但不承诺工期不变，双方意见均如实记入本纪要。",
        "四、费用应当公开。预算18.6万元，财政补助9万元，其余由受益户分摊，分摊办法须先公示、再表决。",
        "经征询，同意方案二的13人，有条件同意3人，反对2人，弃权0人，多数同意方案二。",
        "会议议定以下事项：",
    ] {
        paper.push(Paragraph::levelled(text));
    }
    paper.push(Block::Spacer(2.0));
    paper.push(decisions());
    for block in attendance() {
        paper.push(block);
    }
    paper
}

fn decisions() -> Table {
    let mut table = Table::titled(["序号", "议定事项", "责任单位", "完成期限", "备注"]);
    let widths = [12.0, 66.0, 32.0, 25.0, 21.0];
    for (column, width) in table.columns.iter_mut().zip(widths) {
        *column = Column::mm(width).aligned(Align::Centre);
    }
    table.columns[1].align = Align::Left;
    (table.size, table.head_height, table.row_height) = (Some(12.0), 10.0, 13.5);
    table.gap_below = Some(3.0);
    table.rows = [
        ["1", "按方案二修改图纸，加装隔声板和定时断电装置", "物业服务中心", "9月30日", ""],
        ["2", "向底层3户书面说明并征求意见", "居民委员会", "10月10日", "留签收"],
        ["3", "费用测算和分摊办法提交业主大会表决", "业主委员会", "10月31日", ""],
        ["4", "实施单位对听证意见逐条书面反馈", "街道房管所", "10月12日", "15工作日"],
    ]
    .into_iter()
    .map(|row| row.map(Cell::new).to_vec())
    .collect();
    table
}

fn attendance() -> Vec<Block> {
    let present = [
        "沈若溪",
        "韩雪",
        "马丽",
        "宋扬",
        "周国栋",
        "蒋宝生",
        "朱林根",
        "何永康",
        "金晓岚",
        "施永年",
        "范立",
        "钱惠",
        "陶建业",
        "姚国平",
        "俞国华",
        "葛志坚",
        "魏岚",
        "孔令仪",
    ];
    vec![
        Paragraph::roll("出席：", present).into(),
        Paragraph::roll("请假：", ["顾长青（住院）", "徐　凯（出差）", "严　冬（外出）"]).into(),
        Paragraph::roll("列席：", ["杜　衡（听澜街道房管所）", "白　桦（安和物业）", "方　圆（设计单位）"])
            .into(),
        Paragraph::roll("旁听：", ["居民7人"]).into(),
        Paragraph::roll("记录：", ["韩雪"]).into(),
        Block::Rows(1.0),
        Block::Signature(vec![
            SignPlace::writing("主持人（签字）：", 30.0),
            SignPlace::writing("记录人（签字）：", 30.0),
        ]),
        Block::Signature(vec![SignPlace::writing("居民代表（签字）：", 105.0)]),
    ]
}

/// p05: a sheet to sign on arrival.
pub(crate) fn sign_in() -> Document {
    let mut paper = Document::upright("会　议　签　到　表", super::super::style::FORM);
    paper.page.margins =
        Some(super::super::document::Margins { top: 18.0, right: 15.0, bottom: 12.0, left: 25.0 });
    paper.push(Title::new(paper.title.clone()).sized(22.0));
    let pairs = [
        ("会议名称", "停车棚改建听证会（听〔2026〕3号）"),
        ("时　　间", "2026年9月12日"),
        ("地　　点", "春晓里社区活动室二楼会议室"),
        ("应到人数", "21人"),
    ];
    let mut info = Table::of_pairs(&pairs, 2, (24.0, 86.0), 9.0);
    info.columns[2] = Column::mm(22.0).aligned(Align::Centre);
    info.columns[3] = Column::mm(38.0).aligned(Align::Centre);
    (info.size, info.face, info.gap_below) =
        (Some(12.0), Some(super::super::document::Typeface::Fang), Some(3.0));
    paper.push(info);
    let mut table = Table::titled(["序号", "姓　名", "代表类别", "楼号／单位", "到会时间", "签　　名"]);
    let widths = [12.0, 28.0, 34.0, 32.0, 22.0, 42.0];
    for (column, width) in table.columns.iter_mut().zip(widths) {
        *column = Column::mm(width).aligned(Align::Centre);
    }
    table.columns[1].spread = true;
    (table.size, table.head_height, table.row_height) = (Some(12.0), 10.0, 9.8);
    table.face = Some(super::super::document::Typeface::Fang);
    let people = [
        ("沈若溪", "组长", "居民委员会"),
        ("宋扬", "委员", "居民委员会"),
        ("韩雪", "委员", "居民委员会"),
        ("马丽", "委员", "居民委员会"),
        ("周国栋", "居民代表", "1号楼"),
        ("何永康", "利害关系居民", "7号楼"),
        ("魏岚", "社区单位代表", "晓风幼儿园"),
    ];
    for index in 0..20 {
        let (name, role, place) =
            people.get(if index < 17 { index % 7 } else { 7 }).copied().unwrap_or_default();
        let number = (index + 1).to_string();
        table.rows.push([number.as_str(), name, role, place, "", ""].map(Cell::new).to_vec());
    }
    paper.push(table);
    paper.foot.blocks = vec![Block::Signature(vec![
        SignPlace::writing("实到人数：", 25.0),
        SignPlace::writing("核对人（签字）：", 35.0),
        SignPlace::default(),
    ])];
    paper.foot.pages = super::super::document::FootPages::Last;
    paper
}
