//! Papers for the tests in the shape of the model pages p04, p06, p07 (passbook, certificate), p09;
//! and of photographs and slips.
//!
//! Compiled for tests only; every name, number and place is invented.

use super::super::document::{
    Align, Block, Canvas, Cell, Column, Document, Footer, Labels, Margins, Orientation, Paper, Paragraph,
    Pen, Photo, Photos, Piece, Shape, SlipLine, Table, TextColumn, Title, Typeface, Watermark, Words,
};
use super::super::style;
use super::letters::{seal, sealed};

/// All of them with the names of their files.
pub(crate) fn all() -> Vec<(&'static str, Document)> {
    vec![
        ("p04a", refusal()),
        ("p04b", request()),
        ("p06", agreement()),
        ("p07a", passbook()),
        ("p07b", certificate()),
        ("p09", proof()),
        ("photos", photos()),
        ("slips", slips()),
    ]
}

fn words(text: &str, typeface: Typeface, size: f32, at: (f32, f32)) -> Words {
    Words::new(text, typeface, size, at)
}

/// p04: a notice of refusal with a receipt to cut off.
fn refusal() -> Document {
    let mut paper = Document::official("不予承接告知单");
    paper.footer = Footer::default();
    paper.push(Title::new("不予承接告知单").numbered("春居告〔2026〕7号"));
    paper.push(Paragraph::addressee("听澜街道城市运行办公室："));
    paper.push(Block::body(
        "贵办9月14日发来的《沿街商铺安全隐患整改督办表》（收件登记号2026-183）收悉。经逐项比对，该事项未列入本\
         社区《协助政府工作事项清单》，表中“责令限期整改”属行政执法职责，且来件未附准入文号、经费和工作条件。现\
         告知如下：",
    ));
    for text in [
        "一、不予承接的内容。隐患认定、整改督办和逐日填报。",
        "二、可以协助的内容。转交宣传资料，发现险情及时报告。",
        "三、办理建议。如确需社区承担，请按准入程序报批。",
        "特此告知。",
    ] {
        paper.push(Paragraph::levelled(text));
    }
    paper.push(sealed("2026年9月16日"));
    let y = 225.5;
    let fang = Typeface::Fang;
    paper.push(Canvas::sheet(vec![
        Shape::cut((20.0, y), (88.0, y)),
        Shape::cut((122.0, y), (194.0, y)),
        words("沿此线裁下退回", Typeface::Song, 10.5, (105.0, y - 1.9)).centred().into(),
        words("送　达　回　执", Typeface::Title, 14.0, (106.0, y + 6.0)).centred().into(),
        Shape::Pieces {
            at: (28.0, y + 14.5),
            pieces: vec![
                Piece::Text("春居告〔2026〕7号告知单收悉。处理意见：".into()),
                Piece::tick("撤回"),
                Piece::tick("补正再报"),
                Piece::tick("申请准入"),
            ],
            typeface: fang,
            size: 12.0,
        },
        words("收件单位（盖章）：", fang, 12.0, (28.0, y + 24.0)).into(),
        Shape::writing((66.0, y + 28.8), 42.0),
        words("收件人（签字）：", fang, 12.0, (116.0, y + 24.0)).into(),
        Shape::writing((150.0, y + 28.8), 34.0),
        words("年　　月　　日", fang, 12.0, (184.0, y + 34.0)).to_right().into(),
    ]));
    paper
}

/// p04: a letter of request.
fn request() -> Document {
    let mut paper = Document::official("关于商请补充《老年人助餐意愿调查表》填报依据和经费的函");
    paper.push(Title::new(paper.title.clone()).numbered("春居函〔2026〕12号"));
    paper.push(Paragraph::addressee("听澜街道社区服务办公室："));
    for text in [
        "贵办9月22日下发的《老年人助餐意愿调查表》收悉。该表与社区在册《老年人关爱台账》有14项内容相同，占全表19\
         项的73.7%。为避免重复采集，现就有关事项商请如下：",
        "一、14项已有内容拟由社区按9月30日数据统一代填，不再上门询问。",
        "二、“每月可负担餐费”等5项需要新采集，涉及老人876户，预计用时58小时，商请明确填报依据、采集频次，并按每\
         户3元标准核拨工作经费。",
        "三、上报期限由9月30日调整为10月20日。",
        "以上意见妥否，请于9月28日前函复。",
    ] {
        paper.push(Block::body(text));
    }
    paper.push(Block::AttachmentNote(vec!["重复内容对照表（1页）".into()]));
    paper.push(sealed("2026年9月23日"));
    paper.push(Block::Rows(1.0));
    paper.push(Block::body("（联系人：沈若溪，联系电话：0800-5550137）"));
    paper
}

/// p06: an agreement after mediation; every line has its place.
fn agreement() -> Document {
    let mut paper = Document::upright("人民调解协议书", style::AGREEMENT);
    paper.footer = Footer { centre: "— {page} —".into(), ..Footer::default() };
    let fang = Typeface::Fang;
    let mut shapes: Vec<Shape> = vec![
        words("人民调解协议书", Typeface::Title, 22.0, (105.0, 30.0)).centred().into(),
        words("编号：春民调〔2026〕18号", fang, 14.0, (184.0, 42.0)).to_right().into(),
    ];
    for (party, y) in [
        (["何永康", "男", "汉", "67", "退休", "138****2207", "春晓里一村7号502室"], 52.0),
        (["俞淑贞", "女", "汉", "58", "经商", "136****9038", "春晓里一村7号602室"], 69.2),
    ] {
        shapes.extend(party_lines(&party, y));
    }
    let lead = |label: &str, text: &str| Paragraph::run_in(1, label, text);
    shapes.push(Shape::Column(TextColumn {
        at: (28.0, 90.4),
        width: 156.0,
        columns: 31,
        size: 14.0,
        pitch: 24.4,
        paragraphs: vec![
            lead(
                "纠纷主要事实、争议事项：",
                "2026年8月3日起，602室卫生间地漏渗水，致502室吊顶、墙面受损约6平方米。何永康要求修复并赔偿3000元；\
                 俞淑贞认可渗水，但认为赔偿数额过高。经9月18日现场查看，双方对渗水原因无异议，争议为赔偿数额和修复期\
                 限。",
            ),
            lead("经调解，双方自愿达成如下协议：", ""),
            Paragraph::body("一、俞淑贞于2026年10月15日前完成602室卫生间防水修复，费用自理。"),
            Paragraph::body("二、俞淑贞一次性补偿何永康吊顶、墙面修复费2200元（大写：贰仟贰佰元整）。"),
            Paragraph::body("三、何永康收款后自行修复，不再就此事主张其他费用。"),
            lead(
                "履行方式、时限：",
                "补偿款于2026年10月20日前转账支付；防水修复由双方和调解员共同做48小时闭水查验。",
            ),
            Paragraph::body(
                "本协议一式三份，双方当事人各执一份，人民调解委员会留存一份，自各方签名并加盖人民调解委员会印章之日起\
                 生效。双方可自生效之日起三十日内共同申请司法确认。",
            ),
        ],
    }));
    for (index, (label, x, length)) in [
        ("当事人（签名、盖章或按指印）：", 102.0, 50.0),
        ("当事人（签名、盖章或按指印）：", 102.0, 50.0),
        ("人民调解员（签名）：", 77.0, 34.0),
        ("记　录　人（签名）：", 77.0, 34.0),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 11.0_f32.mul_add(index as f32, 224.0);
        shapes.push(words(label, fang, 14.0, (28.0, y)).into());
        shapes.push(Shape::writing((x, y + 5.6), length));
    }
    shapes.push(words("（人民调解委员会印章）", fang, 14.0, (155.0, 254.0)).centred().into());
    shapes.push(words("2026年9月20日", fang, 14.0, (155.0, 263.0)).centred().into());
    paper.push(Canvas::sheet(shapes));
    paper
}

fn party_lines(party: &[&str; 7], y: f32) -> Vec<Shape> {
    let fields = [
        ("当事人：姓名", 0.0, 29.0, 26.0),
        ("性别", 63.0, 73.0, 10.0),
        ("民族", 85.0, 95.0, 12.0),
        ("年龄", 109.0, 119.0, 11.0),
        ("职业", 131.0, 140.8, 15.2),
    ];
    let second = [("联系电话", 0.0, 20.0, 42.0), ("住址", 63.0, 72.9, 83.1)];
    let placed = |(label, x, line, length): (&str, f32, f32, f32), value: &str, y: f32| -> [Shape; 3] {
        let middle = 28.0 + line + length / 2.0;
        [
            words(label, Typeface::Fang, 14.0, (28.0 + x, y)).into(),
            words(value, Typeface::Kai, 14.0, (middle, y)).centred().into(),
            Shape::writing((28.0 + line, y + 5.6), length),
        ]
    };
    let first = fields.into_iter().zip(&party[..5]).flat_map(|(field, value)| placed(field, value, y));
    let second = second.into_iter().zip(&party[5..]).flat_map(|(field, value)| placed(field, value, y + 8.6));
    first.chain(second).collect()
}

/// p07: a spread of a passbook on A5.
fn passbook() -> Document {
    let mut paper = Document::new("时间银行存折");
    (paper.page.paper, paper.page.orientation) = (Paper::A5, Orientation::Landscape);
    paper.footer = Footer::default();
    let song = Typeface::Song;
    let entries = [
        ["26", "", "承前页", "", "", "", "", "126.5", "", ""],
        ["27", "06-02", "陪同就医", "顾*根", "08:00-11:05", "3.0", "", "129.5", "韩雪", ""],
        ["28", "06-05", "楼道清洁", "2号楼", "14:00-15:35", "1.5", "", "131.0", "韩雪", ""],
        ["29", "06-15", "理发服务兑换", "本人", "09:00-10:00", "", "1.0", "130.0", "韩雪", ""],
        ["35", "07-18", "冲正（重复记账）", "原第21行", "—", "−0.5", "", "129.5", "韩雪", ""],
        ["39", "", "过次页", "", "", "", "", "129.5", "", ""],
    ];
    let leaf = |columns: std::ops::Range<usize>, titles: &[&str], widths: &[f32]| {
        let mut table = Table::titled(titles.iter().copied());
        table.columns = widths.iter().map(|width| Column::mm(*width).aligned(Align::Centre)).collect();
        (table.size, table.head_height, table.row_height, table.fill_to) = (Some(9.0), 8.0, 7.4, 14);
        table.rows = entries
            .iter()
            .map(|row| row[columns.clone()].iter().map(|text| Cell::new(*text)).collect())
            .collect();
        table
    };
    let left = leaf(0..5, &["行", "日期", "摘　要", "对象", "起止时间"], &[8.0, 14.0, 29.0, 17.0, 22.0]);
    let mut left = left;
    left.columns[2].align = Align::Left;
    let mut right =
        leaf(5..10, &["存入", "支取", "结余", "记账人", "对象确认"], &[17.0, 17.0, 20.0, 17.0, 22.0]);
    right.columns[..3].iter_mut().for_each(|column| column.align = Align::Right);
    let fold = |from: f32, to: f32| Shape::Rule {
        from: (105.0, from),
        to: (105.0, to),
        pen: Pen::new(0.15).dashed(1.0).grey(0.45),
    };
    paper.push(Canvas::sheet(vec![
        words("时间银行存折", Typeface::Title, 14.0, (9.0, 9.0)).into(),
        words("户名：张秀云", song, 10.5, (99.0, 9.8)).to_right().into(),
        words("账号：SJ-0137-00286", song, 10.5, (9.0, 17.0)).into(),
        words("服务站点：春晓里社区", song, 10.5, (99.0, 17.0)).to_right().into(),
        words("计量单位：时间币（服务1小时记1枚）", song, 10.5, (111.0, 9.8)).into(),
        words("第 3 页", song, 10.5, (204.0, 9.8)).to_right().into(),
        words("记账依据：签到签出和服务对象确认", song, 10.5, (111.0, 17.0)).into(),
        words("第26行至第39行", song, 10.5, (204.0, 17.0)).to_right().into(),
        Shape::Table { at: (9.0, 24.0), table: left },
        Shape::Table { at: (111.0, 24.0), table: right },
        fold(4.0, 10.0),
        fold(138.0, 144.0),
        words("只记服务时间，不计息、不兑现金；遗失请到站点补登。", song, 9.0, (9.0, 139.5)).into(),
        words("听澜街道春晓里社区居民委员会监制", song, 9.0, (204.0, 139.5)).to_right().into(),
    ]));
    paper
}

/// p07: a certificate in a double frame.
fn certificate() -> Document {
    let mut paper = Document::upright("志愿服务记录证明", style::CERTIFICATE);
    paper.footer = Footer::default();
    let fang = Typeface::Fang;
    let mut table = Table::titled(["序号", "服务类别", "服务内容", "次数", "时间（小时）"]);
    table.columns =
        [14.0, 38.0, 54.0, 21.0, 29.0].map(|width| Column::mm(width).aligned(Align::Centre)).to_vec();
    table.columns[2].align = Align::Left;
    (table.size, table.head_height, table.row_height) = (Some(14.0), 10.0, 9.5);
    table.rows = [
        ["1", "为老服务", "陪同就医、助餐送餐", "31", "72.0"],
        ["2", "社区治理", "听证会秩序、楼道清洁", "14", "25.5"],
        ["3", "科普教育", "智能手机使用教学", "9", "20.0"],
        ["4", "应急服务", "高温、台风入户探访", "4", "9.0"],
    ]
    .into_iter()
    .map(|row| row.map(Cell::new).to_vec())
    .collect();
    let mut sum = vec![Cell { face: Some(fang), ..Cell::new("合　　计").spanning(3, 1) }];
    sum.extend(["58", "126.5"].map(Cell::new));
    table.rows.push(sum);
    let column = |y: f32, paragraphs: Vec<Paragraph>| {
        Shape::Column(TextColumn {
            at: (28.0, y),
            width: 156.0,
            columns: 28,
            size: 16.0,
            pitch: 28.99,
            paragraphs,
        })
    };
    let pen = Pen::new(0.2).dashed(1.0).grey(0.4);
    paper.push(Canvas::sheet(vec![
        Shape::frame((15.0, 15.0), (180.0, 267.0), 0.7),
        Shape::frame((16.9, 16.9), (176.2, 263.2), 0.2),
        words("志愿服务记录证明", Typeface::Title, 26.0, (105.0, 34.0)).centred().tracked(0.06).into(),
        words("编号：春志证〔2026〕0042号", fang, 14.0, (184.0, 50.0)).to_right().into(),
        column(
            62.2,
            vec![Paragraph::body(
                "兹证明张秀云（女，身份证件类型：居民身份证，号码：990102************，志愿者编号：99010200286）于\
                 2025年10月1日至2026年9月30日期间，参加本社区组织的志愿服务活动58次，服务时间共计126.5小时。具体如下：",
            )],
        ),
        Shape::Table { at: (28.0, 104.0), table },
        column(
            167.2,
            vec![
                Paragraph::body(
                    "以上服务均有签到签出和服务对象确认，已于2026年10月8日至10月14日公示，无异议。本证明仅用于志愿服务\
                     经历说明。",
                ),
                Paragraph::body("特此证明。"),
            ],
        ),
        words("负责人：沈若溪", fang, 14.0, (28.0, 216.0)).into(),
        words("经办人：韩　雪", fang, 14.0, (28.0, 225.0)).into(),
        words("联系电话：0800-5550137", fang, 14.0, (28.0, 234.0)).into(),
        Shape::Circle { centre: (150.0, 231.0), radius: 19.0, pen },
        words("春晓里社区居民委员会", fang, 16.0, (150.0, 226.0)).centred().into(),
        words("2026年10月15日", fang, 16.0, (150.0, 236.0)).centred().into(),
        words("说明：谁记录、谁证明；本证明一式两份，一份存档；涂改无效，可凭编号核对。", Typeface::Song, 9.0, (28.0, 258.0)).into(),
        words("存档号：ZY-2026-0042", Typeface::Song, 9.0, (28.0, 264.0)).into(),
    ]));
    paper
}

/// p09: a certificate of residence with its stub.
pub(crate) fn proof() -> Document {
    let mut paper = Document::upright("居住证明", style::CERTIFICATE);
    paper.page.orientation = Orientation::Landscape;
    paper.page.margins = Some(Margins { top: 12.0, right: 18.0, bottom: 12.0, left: 18.0 });
    paper.footer = Footer::default();
    let (fang, song) = (Typeface::Fang, Typeface::Song);
    let pairs = [
        ("申 请 人", "欧阳文秀"),
        ("性　　别", "女"),
        ("身份证号", "990102************"),
        ("居住地址", "春晓里一村2号403室"),
        ("用　　途", "办理老年助餐登记"),
        ("设定依据", "听澜街道证明事项保留清单第3项"),
        ("核实方式", "入户走访"),
        ("核 实 人", "马　丽　2026年9月27日"),
        ("审 批 人", "沈若溪"),
        ("经 办 人", "韩　雪"),
        ("送交单位", "听澜街道社区服务办公室"),
        ("有 效 期", "30日"),
    ];
    let mut stub = Table::of_pairs(&pairs, 1, (21.0, 47.0), 9.0);
    stub.size = Some(10.5);
    let mut shapes: Vec<Shape> = vec![
        words("居住证明存根", Typeface::Title, 18.0, (52.0, 24.0)).centred().into(),
        words("春居证字〔2026〕第0137号", fang, 12.0, (52.0, 34.0)).centred().into(),
        Shape::Table { at: (18.0, 43.0), table: stub },
        words("领取人（签字）：", song, 10.5, (18.0, 162.0)).into(),
        Shape::writing((47.0, 166.3), 30.0),
        words("2026年9月28日", song, 10.5, (77.0, 173.0)).to_right().into(),
        words("附：申请人身份证件复印件1页", song, 9.0, (18.0, 186.0)).into(),
        Shape::Seal { centre: (100.0, 171.5), seal: seal() },
        Shape::cut((100.0, 12.0), (100.0, 198.0)),
        words("骑缝裁开", song, 9.0, (100.0, 199.0)).centred().into(),
        words("居住证明", Typeface::Title, 26.0, (199.5, 28.0)).centred().tracked(1.0).into(),
        words("春居证字〔2026〕第0137号", fang, 14.0, (279.0, 44.0)).to_right().into(),
    ];
    for (index, character) in "春居证字二〇二六第〇一三七号".chars().enumerate() {
        let y = 8.4_f32.mul_add(index as f32, 26.0);
        shapes.push(words(&character.to_string(), fang, 16.0, (100.0, y)).centred().into());
    }
    shapes.push(Shape::Column(TextColumn {
        at: (120.0, 58.0),
        width: 159.0,
        columns: 28,
        size: 16.0,
        pitch: 30.0,
        paragraphs: [
            "兹证明欧阳文秀，女，身份证号990102************，自2019年5月起居住在云州市安和区听澜街道春晓里一村2号\
             403室。",
            "以上情况经本社区2026年9月27日入户走访核实。",
            "本证明仅用于办理老年助餐登记，自出具之日起30日内有效，不作其他用途。",
            "特此证明。",
        ]
        .map(Paragraph::body)
        .to_vec(),
    }));
    shapes.extend([
        words("审批人：沈若溪", fang, 12.0, (120.0, 131.0)).into(),
        words("经办人：韩　雪", fang, 12.0, (120.0, 140.0)).into(),
        Shape::Seal { centre: (238.0, 137.5), seal: seal() },
        words("春晓里社区居民委员会", fang, 16.0, (238.0, 130.0)).centred().into(),
        words("2026年9月28日", fang, 16.0, (238.0, 139.2)).centred().into(),
        Shape::rule((120.0, 177.0), (279.0, 177.0), 0.25),
        words(
            "涂改无效。核对电话：0800-5550137。户籍、婚姻、亲属关系等事项不在本证明范围内。",
            song,
            9.0,
            (120.0, 179.5),
        )
        .into(),
    ]);
    paper.push(Canvas::sheet(shapes));
    paper
}

/// Photographs of a visit, drawn by a rule instead of a camera.
pub(crate) fn photos() -> Document {
    let mut paper = Document::new("走访照片");
    paper.watermark = Some(Watermark::draft("宋扬 2026-10-09 10:20 打印"));
    paper.push(Block::title("走访照片"));
    let photo = |caption: &str, wide: u16, high: u16| Photo {
        picture: png(wide, high).into(),
        caption: caption.into(),
    };
    paper.push(Photos {
        four: true,
        photos: vec![
            photo("1. 9月12日，一村7号楼门厅，检查消防器材", 120, 90),
            photo("2. 9月12日，听证会现场", 90, 120),
            photo("3. 9月14日，上门为老人测量血压", 120, 90),
            Photo { picture: b"not a picture".to_vec().into(), caption: "4. 坏了的图片".into() },
        ],
    });
    paper.push(Block::PageBreak);
    paper.push(Photos {
        four: false,
        photos: vec![photo("5. 楼道清理前", 160, 90), photo("6. 清理后", 160, 90)],
    });
    paper
}

/// A grey picture of that size as a PNG whose stream is stored, not packed.
pub(crate) fn png(width: u16, height: u16) -> Vec<u8> {
    let mut raw = Vec::new();
    for y in 0..height {
        raw.push(0);
        raw.extend((0..width).map(|x| u8::try_from((x * 2 + y) % 200).unwrap_or(0) + 40));
    }
    let mut stream = vec![0x78, 0x01];
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &raw {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    let chunks: Vec<&[u8]> = raw.chunks(60_000).collect();
    for (index, chunk) in chunks.iter().enumerate() {
        let length = u16::try_from(chunk.len()).unwrap_or(0);
        stream.push(u8::from(index + 1 == chunks.len()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(*chunk);
    }
    stream.extend((b << 16 | a).to_be_bytes());
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(u32::from(width).to_be_bytes());
    header.extend(u32::from(height).to_be_bytes());
    header.extend([8, 0, 0, 0, 0]);
    for (name, body) in [(b"IHDR", header), (b"IDAT", stream), (b"IEND", Vec::new())] {
        file.extend(u32::try_from(body.len()).unwrap_or(0).to_be_bytes());
        let mut checked = name.to_vec();
        checked.extend(body);
        file.extend(&checked);
        file.extend(crc(&checked).to_be_bytes());
    }
    file
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// Door slips, fourteen on a sheet.
pub(crate) fn slips() -> Document {
    let mut paper = Document::upright("门牌贴条", style::FORM);
    paper.footer = Footer::default();
    let slip = |index: usize| {
        vec![
            SlipLine::new(format!("{}号{}室", index / 4 + 1, (index % 4 + 1) * 100 + 1), Typeface::Hei, 18.0),
            SlipLine::new("春晓里社区居民委员会　电话 0800-5550137", Typeface::Song, 10.5),
        ]
    };
    paper.push(Labels {
        columns: 2,
        rows: 7,
        size: (90.0, 38.0),
        cut_marks: true,
        slips: (0..17).map(slip).collect(),
    });
    paper
}
