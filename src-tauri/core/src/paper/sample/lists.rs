//! Papers for the tests in the shape of the model pages p03, p05 (notice), p07 (statement), p08, p10.
//!
//! Compiled for tests only; every name, number and place is invented.

use super::super::document::{
    Align, Block, Cell, Chart, ChartKind, Column, Document, Figure, Fill, HeadCell, Kind, Line, Margins,
    Paragraph, Piece, SignPlace, Table, Title, Typeface, Width,
};
use super::super::style;
use super::letters::sealed;

/// All of them with the names of their files.
pub(crate) fn all() -> Vec<(&'static str, Document)> {
    vec![
        ("p03", two_lists()),
        ("p05c", notice()),
        ("p07c", statement()),
        ("p08", relief()),
        ("p10", visits()),
        ("charts", charts()),
    ]
}

fn widths(table: &mut Table, widths: &[f32], left: &[usize]) {
    table.columns = widths.iter().map(|width| Column::mm(*width).aligned(Align::Centre)).collect();
    for column in left {
        table.columns[*column].align = Align::Left;
    }
}

fn cells<const N: usize>(texts: [&str; N]) -> Vec<Cell> {
    texts.map(Cell::new).to_vec()
}

/// p03: two lists, each with its band.
fn two_lists() -> Document {
    let mut paper = Document::upright("春晓里社区工作事项清单（节选）", style::FORM);
    paper.page.margins = Some(Margins { top: 18.0, right: 20.0, bottom: 15.0, left: 25.0 });
    paper.push(
        Title::new(paper.title.clone())
            .with_subtitle("（2026年1月1日起施行，经居民代表会议审议并报听澜街道备案）"),
    );
    let first = [
        [
            "4",
            "议事协商",
            "组织听证会、协调会、评议会",
            "征集议题、发布公告、组织会议、公开结果并跟踪落实",
            "城市居民委员会组织法；居民公约第8条",
            "主任",
            "按需",
        ],
        [
            "8",
            "矛盾调处",
            "调解民间纠纷",
            "受理申请，组织协商，制作协议书，督促履行并回访",
            "人民调解法第二十八条至第三十一条",
            "调解委员",
            "按需",
        ],
        [
            "12",
            "物业治理",
            "指导和协助成立业主大会、选举业主委员会",
            "协助筹备、核对名册、见证投票",
            "民法典第二百七十七条",
            "副主任",
            "按需",
        ],
        [
            "24",
            "权益保障",
            "未成年人保护专人专岗，留存困境儿童档案",
            "建档、走访、强制报告、协助救助",
            "未成年人保护法第十一条、第四十三条",
            "儿童主任",
            "每月",
        ],
        [
            "30",
            "公共安全",
            "确定消防安全管理人，组织防火检查",
            "制定防火公约，检查楼道、充电处并留存记录",
            "消防法第三十二条",
            "综治委员",
            "每月",
        ],
    ];
    let second = [
        [
            "1",
            "公共服务",
            "社会救助申请的协助和代为提出",
            "告知政策，代交申请，协助核对家庭情况",
            "社会救助暂行办法第四条、第十一条",
            "民政部门",
            "按需",
        ],
        [
            "14",
            "公共服务",
            "法律援助经济困难状况核查的配合",
            "说明居住和家庭人口情况，不出具收入证明",
            "法律援助法第四十一条",
            "司法行政部门",
            "按需",
        ],
        [
            "20",
            "公共管理",
            "实有人口、实有房屋信息核对",
            "走访核对变动，只报变动、不重填全表",
            "居住证暂行条例；准入文号 听社准〔2026〕5号",
            "公安机关",
            "每月",
        ],
        [
            "25",
            "公共管理",
            "社区矫正的协助",
            "参加矫正小组，配合调查评估",
            "社区矫正法第十二条、第十八条、第二十五条",
            "司法行政部门",
            "每季",
        ],
        [
            "37",
            "公共安全",
            "禁毒宣传和防范",
            "宣传教育，发现线索及时报告",
            "禁毒法第十七条",
            "禁毒办",
            "半年",
        ],
    ];
    let list = |band: (&str, &str), titles: [&str; 7], rows: &[[&str; 7]]| {
        let mut table = Table::titled(titles);
        widths(&mut table, &[10.0, 17.0, 33.0, 41.0, 34.0, 18.0, 12.0], &[2, 3, 4]);
        table.head.insert(0, vec![HeadCell::band(band.0, band.1, 7)]);
        (table.size, table.row_height, table.head_height) = (Some(10.5), 14.4, 8.0);
        table.rows = rows.iter().map(|row| cells(*row)).collect();
        table.gap_below = Some(0.0);
        Block::Table(table)
    };
    paper.push(list(
        ("一、依法履行职责事项", "全册39项，本页节选7项"),
        ["序号", "类别", "事项名称", "工作内容", "依据", "责任人", "频次"],
        &first,
    ));
    paper.push(list(
        ("二、协助政府工作事项", "全册47项，本页节选7项；未列入事项按准入程序办理"),
        ["序号", "类别", "事项名称", "协助内容", "依据", "责任主体", "频次"],
        &second,
    ));
    paper.push(Block::Spacer(2.0));
    let note =
        "说明：1.依据条款以现行有效文本为准；2.协助事项实行权随责走、费随事转；3.清单每年一月集中调整一次。";
    paper.push(Paragraph::new(note, Typeface::Song, 9.0).indented(0.0, 0.0));
    paper
}

/// p05: a notice in large type.
pub(crate) fn notice() -> Document {
    let mut paper = Document::public("公　　示");
    paper.push(Title::new(paper.title.clone()).with_subtitle("（停车棚改建听证会结果）"));
    paper.push(Block::body(
        "9月12日，本社区就一村7号至12号楼非机动车停车棚改建召开听证会，实到18人。现将结果公示如下，请居民监督。",
    ));
    paper.push(Block::Spacer(4.0));
    let mut votes = Table::titled(["表　决", "同　意", "有条件同意", "反　对", "弃　权"]);
    widths(&mut votes, &[34.0; 5], &[]);
    (votes.size, votes.head_height, votes.row_height, votes.gap_below) = (Some(18.0), 12.0, 14.0, Some(5.0));
    votes.rows = vec![cells(["方案二", "13人", "3人", "2人", "0人"])];
    paper.push(votes);
    let mut opinions = Table::titled(["序号", "提出人", "主要意见", "处理结果"]);
    widths(&mut opinions, &[14.0, 36.0, 76.0, 44.0], &[2]);
    (opinions.size, opinions.head_height, opinions.row_height) = (Some(16.0), 12.0, 17.0);
    opinions.gap_below = Some(5.0);
    opinions.rows = [
        ["1", "何*康\n（7号楼）", "北窗遮光，要求降低棚顶高度", "采纳"],
        ["2", "金*岚\n（7号楼）", "夜间有噪声，要求22时断电", "采纳"],
        ["3", "施*年\n（8号楼）", "保留桂花树4株", "采纳"],
        ["4", "魏*\n（单位代表）", "幼儿园门前增设临时停车位", "部分采纳，另行研究"],
    ]
    .into_iter()
    .map(cells)
    .collect();
    paper.push(opinions);
    paper.push(Block::body("公示期5个工作日：2026年9月15日至21日。"));
    paper.push(Block::body("有异议的，请到居委会反映，电话0800-5550137。"));
    paper.push(sealed("2026年9月15日"));
    paper.footer.centre =
        "张贴位置：居务公开栏、7号至12号楼门厅　　张贴人：宋扬　　收回日期：____年__月__日".into();
    paper
}

/// p07: an account statement with empty rows and sums.
fn statement() -> Document {
    let mut paper = Document::upright("时间银行对账单", style::FORM);
    paper.page.margins = Some(Margins { top: 20.0, right: 20.0, bottom: 15.0, left: 25.0 });
    paper
        .push(Title::new(paper.title.clone()).sized(22.0).with_subtitle("2026年第三季度（7月1日至9月30日）"));
    let pairs = [
        ("户　　名", "张秀云"),
        ("账　　号", "SJ-0137-00286"),
        ("星　　级", "★"),
        ("期初结余", "128.5"),
        ("本期存入", "8.5"),
        ("本期支取", "10.0"),
        ("期末结余", "127.0"),
        ("年度已存", "66.0"),
        ("存入上限", "1500"),
    ];
    let mut keys = Table::of_pairs(&pairs, 3, (24.0, 31.0), 9.0);
    (keys.size, keys.gap_below) = (Some(10.5), Some(6.0));
    for cell in keys.rows.iter_mut().flatten().filter(|cell| cell.bold) {
        cell.shade = 0.08;
    }
    for column in [1, 3, 5] {
        keys.columns[column].align = Align::Centre;
    }
    paper.push(keys);
    let mut list = Table::titled(["序号", "日期", "摘　　要", "服务对象", "分钟", "存入", "支取", "结余"]);
    widths(&mut list, &[10.0, 17.0, 46.0, 36.0, 15.0, 13.0, 13.0, 15.0], &[2]);
    for column in 4..8 {
        let width = list.columns[column].width;
        list.columns[column] = Column { width, kind: Kind::Number, align: Align::Right, ..Column::default() };
    }
    (list.size, list.head_height, list.row_height) = (Some(10.5), 10.0, 9.0);
    (list.fill_to, list.blank_below) = (12, true);
    list.rows = [
        ["1", "07-04", "陪同就医", "顾*根（1号楼）", "185", "3.0", "", "131.5"],
        ["2", "07-11", "高温探访", "9户", "130", "2.0", "", "133.5"],
        ["3", "07-18", "冲正：第21行重复记账", "—", "−30", "−0.5", "", "133.0"],
        ["4", "08-01", "助餐送餐", "陆*娣（1号楼）", "95", "1.5", "", "134.5"],
        ["5", "08-15", "捐入社区公益池", "公益池", "", "", "10.0", "124.5"],
        ["6", "09-12", "听证会秩序维护", "听证会", "165", "2.5", "", "127.0"],
    ]
    .into_iter()
    .map(cells)
    .collect();
    let mut sums = vec![Cell::new("合　　计").spanning(4, 1)];
    sums.extend(cells(["545", "8.5", "10.0", "127.0"]));
    list.totals.push(sums);
    paper.push(list);
    let kai = |text: &str| Paragraph::new(text, Typeface::Fang, 12.0).indented(0.0, 0.0);
    paper.push(kai("核对：期初128.5 ＋ 存入8.5 − 支取10.0 ＝ 期末127.0"));
    for text in [
        "折算规则：每满30分钟记0.5枚，不足30分钟不记；单次不超过4小时；往返路程不计。",
        "如有异议，请在收到之日起15日内向服务站点提出；逾期未提出的，视为核对无误。",
    ] {
        paper.push(Paragraph::new(text, Typeface::Song, 10.5).indented(0.0, 0.0));
    }
    paper.push(Block::Spacer(6.0));
    for pair in [["持有人（签字）：", "记账人（签字）："], ["复核人（签字）：", "站点（盖章）："]]
    {
        paper.push(Block::Signature(pair.map(|label| SignPlace::writing(label, 40.0)).to_vec()));
        paper.push(Block::Spacer(4.0));
    }
    paper.push(Line::new("", "", "年　　月　　日"));
    paper
}

/// p08: key figures, two charts, a table.
pub(crate) fn relief() -> Document {
    let mut paper = Document::upright("春晓里社区减负账", style::FORM);
    paper.page.margins = Some(Margins { top: 17.0, right: 20.0, bottom: 12.0, left: 25.0 });
    paper.push(
        Title::new(paper.title.clone())
            .sized(22.0)
            .with_subtitle("2026年第三季度　对照期：2026年3月（试行前）与9月"),
    );
    paper.push(Block::Figures(vec![
        Figure::new("每月上报表格", "63", "24", "张"),
        Figure::new("在册台账", "41", "16", "本"),
        Figure::new("行政事务工时占比", "82.4", "57.9", "%"),
    ]));
    let items = ["协助事项", "月报表格", "在册台账", "盖章事项", "门口牌子", "工作群组"];
    let mut bars = Chart::new("图1　六项负担前后对照", ChartKind::Bars, &items)
        .with("试行前", Fill::Hatch, &[86.0, 63.0, 41.0, 31.0, 22.0, 18.0])
        .with("9月", Fill::Black, &[47.0, 24.0, 16.0, 9.0, 5.0, 6.0]);
    bars.units = ["项", "张", "本", "类", "块", "个"].map(str::to_owned).to_vec();
    bars.share = 1.25;
    let months = ["3月", "5月", "6月", "7月", "8月", "9月"];
    let mut stacked = Chart::new("图2　工时构成逐月变化（%）", ChartKind::Stacked, &months)
        .with("行政填报", Fill::Black, &[82.4, 74.8, 69.5, 64.1, 60.6, 57.9])
        .with("走访服务", Fill::Hatch, &[9.1, 14.2, 17.7, 21.3, 23.9, 25.4])
        .with("议事自治", Fill::White, &[8.5, 11.0, 12.8, 14.6, 15.5, 16.7]);
    stacked.decimals = 1;
    stacked.height = 60.0;
    paper.push(Block::Charts(vec![bars, stacked]));
    paper.push(relief_table());
    let note =
        "口径：工时占比按在岗社区工作者13人登记工时计算，四舍五入保留一位小数；占比类指标的增减为百分点。";
    paper.push(Paragraph::new(note, Typeface::Song, 9.0).indented(0.0, 0.0));
    paper.push(Block::Spacer(4.0));
    paper.push(Block::Signature(vec![
        SignPlace::writing("填表人（签字）：", 30.0),
        SignPlace::writing("负责人（签字）：", 30.0),
        SignPlace::known("", "春晓里社区居民委员会（盖章）"),
    ]));
    paper
}

fn relief_table() -> Table {
    let mut table = Table::titled(["序号", "指　　标", "单位", "3月", "9月", "增减", "数据来源"]);
    widths(&mut table, &[10.0, 42.0, 14.0, 21.0, 21.0, 21.0, 36.0], &[1, 6]);
    for column in 3..6 {
        table.columns[column].align = Align::Right;
        table.columns[column].kind = Kind::Number;
    }
    (table.size, table.head_height, table.row_height) = (Some(10.5), 8.5, 7.6);
    table.rows = [
        ["1", "在册协助事项", "项", "86", "47", "−39", "两份清单"],
        ["2", "清单外来件（退回）", "件", "19（0）", "5（5）", "−14", "收件登记"],
        ["3", "在册台账", "本", "41", "16", "−25", "台账目录"],
        ["4", "重复台账占比", "%", "65.9", "6.3", "−59.6", "数据字典"],
        ["9", "上门走访", "户/月", "146", "388", "+242", "走访记录"],
    ]
    .into_iter()
    .map(cells)
    .collect();
    table.rows.iter_mut().for_each(|row| row[5].bold = true);
    table
}

/// The kinds of chart that no model page shows.
fn charts() -> Document {
    let mut paper = Document::upright("图表", style::FORM);
    paper.push(Block::title("图表"));
    let months = ["4月", "5月", "6月", "7月", "8月", "9月"];
    let lines = Chart::new("图1　走访户次", ChartKind::Lines, &months)
        .with("计划", Fill::White, &[200.0, 220.0, 240.0, 260.0, 280.0, 300.0])
        .with("完成", Fill::Black, &[146.0, 190.0, 251.0, 263.0, 301.0, 388.0])
        .with("上年", Fill::Hatch, &[90.0, 95.0, 102.0, 99.0, 110.0, 120.0]);
    paper.push(Block::Charts(vec![lines]));
    let columns = Chart::new("图2　各楼老年人", ChartKind::Columns, &["1号楼", "2号楼", "3号楼", "4号楼"])
        .with("独居", Fill::Black, &[12.0, 7.0, 0.0, 21.0])
        .with("孤老", Fill::Hatch, &[3.0, 1.0, 2.0, 5.0])
        .with("纯老", Fill::White, &[18.0, 16.0, 11.0, 9.0]);
    let single = Chart::new("图3　各网格户数", ChartKind::Bars, &["第一网格", "第二网格", "第三网格"]).with(
        "户数",
        Fill::Black,
        &[512.0, 467.0, 388.0],
    );
    paper.push(Block::Charts(vec![columns, single]));
    paper
}

/// p10: a sheet to take along on visits.
pub(crate) fn visits() -> Document {
    let mut paper = Document::upright("补 缺 走 访 单", style::FORM);
    paper.page.margins = Some(Margins { top: 14.0, right: 15.0, bottom: 9.0, left: 18.0 });
    paper.push(Title::new(paper.title.clone()).sized(22.0));
    paper.push(Line::new("楼栋：3号楼、4号楼（按室号由低到高）", "", "共11户　22项"));
    paper.push(Block::Signature(vec![
        SignPlace::writing("走访人（签字）：", 30.0),
        SignPlace::writing("走访日期：", 34.0),
        SignPlace::known("", "单号 ZF-2026-0318"),
    ]));
    let mut table = Table::titled(["室号", "姓名", "已有信息", "请当面核对后填写", "走访结果"]);
    widths(&mut table, &[15.0, 20.0, 36.0, 84.0, 22.0], &[2, 3, 4]);
    (table.size, table.head_height, table.soft_groups) = (Some(10.5), 8.0, true);
    table.columns[1].spread = true;
    for (building, count) in [("3号楼", 3), ("4号楼", 5)] {
        table.rows.push(vec![Cell::band(building, "6户　12项", 5)]);
        for home in 0..count {
            household(&mut table, home);
        }
    }
    paper.push(table);
    for text in [
        "填写说明：用黑色签字笔，一格一字；不愿提供的不追问；身份证件、银行账号、病情不在门口询问。",
        "回单后由录入人按单号补录：录入人________　　录入日期____年__月__日",
    ] {
        paper.push(Paragraph::new(text, Typeface::Song, 9.0).indented(0.0, 0.0));
    }
    paper
}

fn household(table: &mut Table, index: usize) {
    let ask = |label: &str, field: Vec<Piece>| {
        let mut pieces = vec![Piece::Strong(label.into()), Piece::At(22.0)];
        pieces.extend(field);
        Cell::form(pieces)
    };
    let ticks = |labels: &[&str]| labels.iter().map(|label| Piece::tick(*label)).collect::<Vec<_>>();
    let items = [
        vec![ask("紧急联系人", vec![Piece::Writing(58.0)]), ask("联系人电话", vec![Piece::phone()])],
        vec![
            ask("居住状况", ticks(&["独居", "空巢", "同住", "其他"])),
            ask("自理能力", ticks(&["自理", "半失能", "失能"])),
        ],
        vec![ask("联系电话", vec![Piece::phone()])],
        vec![
            ask("出生日期", vec![Piece::date()]),
            ask("同住人数", vec![Piece::Digits(vec![(2, "人（不含本人）".into())])]),
            ask("就业情况", ticks(&["在职", "退休", "失业", "在读"])),
        ],
    ][index % 4]
        .clone();
    let people = [
        ("102", "徐宁", "女 80岁　独居\n户在人在"),
        ("103", "朱有才", "男 85岁\n电话137****3316"),
        ("201", "马建国", "男 67岁　退休\n住址已核"),
        ("502", "林晓东", "男　租户\n合同至2027-03"),
    ];
    let (door, name, known) = people[index % 4];
    let count = u16::try_from(items.len()).unwrap_or(1);
    let small = Cell { size: Some(9.0), align: Align::Left, ..Cell::new(known) };
    let mut results = Vec::new();
    for label in ["已补", "不在家", "不愿提供"] {
        results.extend([Piece::tick(label), Piece::Break]);
    }
    let mut results = Cell::form(results);
    results.size = Some(10.5);
    for (row, item) in items.into_iter().enumerate() {
        let mut cells = Vec::new();
        if row == 0 {
            cells.push(Cell { size: Some(12.0), ..Cell::new(door).bold().spanning(1, count) });
            cells.push(Cell { face: Some(Typeface::Kai), ..Cell::new(name).spanning(1, count) });
            cells.push(small.clone().spanning(1, count));
        }
        cells.push(item);
        if row == 0 {
            cells.push(results.clone().spanning(1, count));
        }
        table.rows.push(cells);
    }
    table.columns[0].width = Width::Mm(15.0);
    table.row_height = 9.0;
}
