//! The words of the command line, as the contract of the companion lists them.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// 居务台命令行：与窗口里一样的操作。
#[derive(Debug, Parser)]
#[command(name = "juwutai", version, about = "居务台命令行：与窗口里一样的操作", propagate_version = true)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Verb,
}

/// Accepted anywhere on the line.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// 资料文件夹
    #[arg(long, global = true, env = "JUWUTAI_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// 结果写成一个 JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// 按这一天办理，格式 2026-11-21
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub today: Option<NaiveDate>,
    /// 经办人
    #[arg(long, global = true, default_value = "", value_name = "NAME")]
    pub clerk: String,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// 建立居委会的资料
    Init {
        /// 居民区名称
        #[arg(long)]
        name: String,
        /// 街道或镇
        #[arg(long)]
        subdistrict: Option<String>,
        /// 装入练习数据
        #[arg(long)]
        sample: bool,
    },
    /// 看一看表格文件里有什么，不改动任何内容
    Inspect {
        /// 表格文件
        file: PathBuf,
        /// 按这本台账来认栏目
        #[arg(long)]
        ledger: Option<String>,
    },
    /// 把名单导入台账
    Import(Import),
    /// 台账
    #[command(subcommand)]
    Ledger(Ledger),
    /// 居民
    #[command(subcommand)]
    Resident(Resident),
    /// 议题
    #[command(subcommand)]
    Matter(Matter),
    /// 会议
    #[command(subcommand)]
    Meeting(Meeting),
    /// 出报表
    Report(Report),
    /// 操作记录
    History {
        /// 最多几条
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// 撤销
    Undo {
        /// 第几步；不写就是最近一步
        op: Option<i64>,
    },
    /// 恢复
    Redo {
        /// 第几步；不写就是最近撤销的一步
        op: Option<i64>,
    },
    /// 检查资料是否完好
    Check,
    /// 按名称调用任何一个命令
    Call {
        /// 命令名称，如 ledger.rows
        name: String,
        /// 命令内容，JSON
        #[arg(default_value = "{}")]
        request: String,
    },
    /// 在本机浏览器里使用：同样的命令和界面
    Serve {
        /// 端口；0 表示任选一个空的
        #[arg(long, default_value_t = 7878)]
        port: u16,
        /// 界面文件所在的文件夹
        #[arg(long, value_name = "DIR")]
        ui: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct Import {
    /// 表格文件
    pub file: PathBuf,
    /// 台账
    #[arg(long)]
    pub ledger: String,
    /// 工作表
    #[arg(long)]
    pub sheet: Option<String>,
    /// 只看会有什么变化
    #[arg(long)]
    pub preview: bool,
    /// 与已知内容不一样时，一律保留原来的或一律以来表为准；不写则补贴、证件等以来表为准，其余保留原来的
    #[arg(long, value_enum)]
    pub conflict: Option<Conflict>,
    /// 同样栏目的其他工作表，一起导入
    #[arg(long = "also", value_name = "SHEET")]
    pub also: Vec<String>,
    /// 工作表名放到哪一栏，如 place.building
    #[arg(long, value_name = "FIELD")]
    pub sheet_field: Option<String>,
    /// 谁发来的
    #[arg(long, value_name = "WHO")]
    pub from: Option<String>,
    /// 指定一列放到哪一栏，如 C=person.phone；C= 表示不导入
    #[arg(long = "map", value_name = "LETTER=FIELD")]
    pub map: Vec<String>,
    /// 表头是哪几行，如 3-4
    #[arg(long, value_name = "A-B")]
    pub header: Option<String>,
}

/// What happens to values that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Conflict {
    /// 保留原来的
    Keep,
    /// 用表里的
    Take,
}

#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// 有哪些台账
    List,
    /// 台账里的内容
    Rows {
        /// 台账
        id: String,
        /// 条件，如 age>=80 and living_alone
        #[arg(long = "where", value_name = "EXPR")]
        filter: Option<String>,
        /// 最多几行
        #[arg(long, default_value_t = 100)]
        limit: usize,
    },
    /// 照一张表新建台账
    New {
        /// 表格文件
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        /// 名称
        #[arg(long)]
        title: Option<String>,
        /// 工作表
        #[arg(long)]
        sheet: Option<String>,
    },
    /// 哪些台账要的是同样的内容
    Overlap,
}

#[derive(Debug, Subcommand)]
pub enum Resident {
    /// 找人：姓名、拼音、电话或身份证尾号、3-502
    Find {
        /// 要找的内容
        text: String,
        /// 最多几位
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// 一位居民的全部内容
    Show {
        /// 编号
        uid: String,
    },
}

#[derive(Debug, Args)]
pub struct Report {
    /// 报表，如 ledger_list
    pub kind: String,
    /// 台账
    #[arg(long)]
    pub ledger: Option<String>,
    /// 条件
    #[arg(long = "where", value_name = "EXPR")]
    pub filter: Option<String>,
    /// 存成 PDF
    #[arg(long, value_name = "OUT")]
    pub pdf: Option<PathBuf>,
    /// 存成 Excel
    #[arg(long, value_name = "OUT")]
    pub xlsx: Option<PathBuf>,
    /// 遮盖身份证号和电话
    #[arg(long)]
    pub masked: bool,
}

#[derive(Debug, Subcommand)]
pub enum Matter {
    /// 有哪些议题
    List,
    /// 一个议题的全部内容
    Show {
        /// 编号
        id: i64,
    },
    /// 收下一个议题
    New {
        /// 议题名称
        title: String,
        /// 怎么来的，如 committee
        #[arg(long, default_value = "committee")]
        way_in: String,
    },
    /// 归档案卷里有什么
    Archive {
        /// 编号
        id: i64,
    },
    /// 一年的三会登记和几个率
    Statistics {
        /// 年份；不写就是今年
        year: Option<i32>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Meeting {
    /// 有哪些会议种类；写了种类就列出它的步骤
    Kinds {
        /// 种类，如 hearing
        id: Option<String>,
    },
    /// 开过哪些会
    List {
        /// 议题编号
        #[arg(long)]
        matter: Option<i64>,
        /// 种类
        #[arg(long)]
        kind: Option<String>,
    },
    /// 一次会议的全部内容
    Show {
        /// 编号
        id: i64,
    },
    /// 新开一次会
    New {
        /// 种类，如 hearing
        kind: String,
        /// 议题编号
        #[arg(long)]
        matter: Option<i64>,
        /// 议题还没有列入时的原因
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// 纪要
    Minutes {
        /// 编号
        id: i64,
    },
    /// 快到期和逾期的事
    Due,
}
