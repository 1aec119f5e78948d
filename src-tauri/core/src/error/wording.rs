//! Every sentence of an error that a clerk may read: what happened, what is safe, what to do next.
//!
//! One place, so that the words can be proofread together. No path, no English, no personal data.

use super::{BadFile, Error, Missing, Refusal, StoreTrouble};

/// Message and hint of an error, both Chinese sentences ending with a full stop.
pub(super) fn of(error: &Error) -> (String, String) {
    match error {
        Error::Cancelled => pair("已经停下，什么都没有改动。", "需要时可以重新开始。"),
        Error::Refused(refusal) => refused(refusal),
        Error::NotFound(missing) => not_found(missing),
        Error::Conflict => pair("这条内容刚被别人改过，您的改动没有存。", "请看一眼现在的内容，再改一次。"),
        Error::BadFile(bad) => bad_file(bad),
        Error::File(_) => {
            pair("文件读写没有成功，资料没有变动。", "请检查文件是否还在、磁盘是否可写，再试一次。")
        }
        Error::Usage(detail) => (format!("命令的内容不对：{detail}。"), "请对照说明改正后再试。".into()),
        Error::Store(trouble) => store(trouble),
        Error::Bug(_) => pair(
            "程序出了差错，这一步没有做，原来的资料没有变动。",
            "请重试一次；还不行，请把日志交给维护人员。",
        ),
    }
}

fn pair(message: &str, hint: &str) -> (String, String) {
    (message.to_owned(), hint.to_owned())
}

fn refused(refusal: &Refusal) -> (String, String) {
    match refusal {
        Refusal::NothingToUndo => pair("没有可以撤销的操作。", "在“操作记录”里可以看到做过的每一步。"),
        Refusal::NothingToRedo => pair("没有可以恢复的操作。", "撤销过的操作才能恢复。"),
        Refusal::AlreadyUndone => pair("这一步已经撤销过了，没有再动。", "想找回来，请点“恢复”。"),
        Refusal::CannotUndoStart => {
            pair("建立资料是第一步，不能撤销，什么都没有改动。", "要重新开始，请换一个资料文件夹。")
        }
        Refusal::AlreadyStarted => {
            pair("这里已经建好了居委会的资料，没有重新建。", "要另建一份，请换一个资料文件夹。")
        }
        Refusal::NotStarted => pair("还没有填居委会名称。", "请先完成第一次使用的设置。"),
        Refusal::Value { title, problem, .. } => {
            (format!("“{title}”没有存：{problem}。"), "请改正后再存，原来的内容还在。".into())
        }
        Refusal::Computed { title } => (
            format!("“{title}”是自动算出来的，不能直接改。"),
            "请改它的来源，比如身份证号或出生日期。".into(),
        ),
        Refusal::LedgerTitleTaken { title } => {
            (format!("已经有一本《{title}》，没有再建。"), "请换个名称，或直接往那本里导入。".into())
        }
        Refusal::ColumnTitleTaken { title } => (
            format!("有两栏都叫“{title}”，以后分不清，什么都没有改动。"),
            "请给新的一栏换个名称，或者对到已有的那一栏。".into(),
        ),
        Refusal::TooManyRows { sheet, rows } => (
            format!("工作表“{sheet}”有 {rows} 行，一次最多导入 20 万行，什么都没有改动。"),
            "请用 WPS 按楼栋或年份拆成几个文件，再一个一个导入。".into(),
        ),
        Refusal::NoTable { sheet } => (
            format!("工作表“{sheet}”里没有找到可以导入的名单，什么都没有改动。"),
            "请换一张工作表，或点一下哪一行是表头。".into(),
        ),
        Refusal::NoKeyColumn => pair(
            "没有一栏能认出这一行是谁，什么都没有改动。",
            "请把姓名、身份证号（或名称、户号、楼栋房号）对上再导入。",
        ),
        Refusal::Filter { word, known } => {
            (format!("筛选条件里的“{word}”看不懂。"), format!("可以用的词有：{known}。"))
        }
        Refusal::OtherLayout { sheet } => (
            format!("工作表“{sheet}”的栏目和第一张不一样，不能一起导入，什么都没有改动。"),
            "请把它单独导入。".into(),
        ),
        Refusal::EmptyReport => pair("没有可以打印的内容。", "请换个条件，或先往台账里登记。"),
        Refusal::EmptyName => pair("名称还空着，没有存。", "请填上名称再继续。"),
        refusal => of_meetings(refusal),
    }
}

/// What the rules of matters and meetings say.
fn of_meetings(refusal: &Refusal) -> (String, String) {
    match refusal {
        Refusal::StageLacks { step, missing } => {
            (format!("“{step}”还不能往下走：{missing}。"), "请补上再继续，已经填的都在。".into())
        }
        Refusal::WithoutReason { step, missing } if missing.is_empty() => {
            (format!("“{step}”要写一句原因，没有存。"), "原因会留在档案里，请写清楚再继续。".into())
        }
        Refusal::WithoutReason { step, missing } => (
            format!("“{step}”还缺东西：{missing}。"),
            "可以补上；一定要往下走，请写明原因，原因会留在档案里。".into(),
        ),
        Refusal::NeverSkipped { step } => {
            (format!("“{step}”是不能少的一步，没有跳过。"), "请先办这一步。".into())
        }
        Refusal::NotNow { step, state } => {
            (format!("现在是“{state}”，还不能“{step}”，没有存。"), "请按步骤办，刷新后再看一眼。".into())
        }
        Refusal::WayOpen { step, ways } => {
            (format!("“{step}”之后有几种去向：{ways}，没有存。"), "请选一种再继续。".into())
        }
        Refusal::CountsLocked => {
            pair("票数已经锁定，没有改动。", "数错了要更正，请写明原因，原来的票数会一起留着。")
        }
        Refusal::CountsDiffer { how } => {
            (format!("票数没有对上：{how}。"), "请再数一遍；没投的记未投票。".into())
        }
        Refusal::NotAChoice { title } => {
            (format!("“{title}”里没有这一项，没有存。"), "请从列出来的里面选。".into())
        }
        _ => pair("这一步不能做，没有存。", "请刷新后再看一眼。"),
    }
}

fn not_found(missing: &Missing) -> (String, String) {
    match missing {
        Missing::Command(name) => (format!("没有“{name}”这个命令。"), "请对照命令表。".into()),
        Missing::Ledger(id) => {
            (format!("没有找到台账“{id}”。"), "可能已经删掉，请在台账目录里看一看。".into())
        }
        Missing::Field(id) => (format!("没有“{id}”这一项。"), "请在可放的栏目里选一项。".into()),
        Missing::Resident => pair("没有找到这位居民。", "可能已被撤销的导入带走，请重新查找。"),
        Missing::Record(number) => {
            (format!("台账里没有第 {number} 号记录。"), "可能已经移出，请刷新后再看。".into())
        }
        Missing::Sheet(name) => (format!("文件里没有工作表“{name}”。"), "请换一张工作表。".into()),
        Missing::Op(number) => (format!("操作记录里没有第 {number} 步。"), "请在“操作记录”里选一步。".into()),
        Missing::Waiting(_) => pair("待处理里没有这一行了。", "可能已经处理过，请刷新后再看。"),
        Missing::Report(kind) => (format!("没有“{kind}”这种报表。"), "请在报表目录里选一种。".into()),
        Missing::Matter(number) => {
            (format!("没有找到第 {number} 号议题。"), "可能已经撤销，请刷新后再看。".into())
        }
        Missing::Meeting(number) => {
            (format!("没有找到第 {number} 号会议。"), "可能已经撤销，请刷新后再看。".into())
        }
        Missing::MeetingKind(id) => (format!("没有“{id}”这种会。"), "请从会议种类里选一种。".into()),
        Missing::MeetingPart(id) => (format!("这里没有“{id}”这一项。"), "请对照这种会的步骤和规则。".into()),
        Missing::Help(page) => (format!("没有“{page}”这一页帮助。"), "请在帮助目录里选一页。".into()),
    }
}

fn bad_file(bad: &BadFile) -> (String, String) {
    match bad {
        BadFile::Gone => pair("文件找不到了，资料没有变动。", "可能被移走或改了名，请重新选择。"),
        BadFile::Held => {
            pair("文件正被别的程序打开，读不了，资料没有变动。", "请先在 WPS 或 Excel 里关闭它，再点重试。")
        }
        BadFile::Empty => pair("文件是空的，资料没有变动。", "请向发来的人再要一份。"),
        BadFile::UnknownFormat => {
            pair("这不是能读的表格文件，资料没有变动。", "请用 WPS 或 Excel 打开它，另存为 .xlsx 再放进来。")
        }
        BadFile::SaveAsNew => {
            pair("这种旧格式读不了，资料没有变动。", "请用 WPS 或 Excel 打开它，另存为 .xlsx 再放进来。")
        }
        BadFile::Encrypted => pair(
            "文件有密码，读不了，资料没有变动。",
            "请先用 WPS 或 Excel 打开，在“另存为”里去掉密码，再放进来。",
        ),
        BadFile::Damaged => pair("文件已损坏或没有传完整，资料没有变动。", "请向发来的人再要一份。"),
        BadFile::NoForms => pair(
            "这个文件夹里没有认出一人一张的表，资料没有变动。",
            "名单请直接选那个文件；一人一表的，请把填好的表都放进一个文件夹再选。",
        ),
        BadFile::TooLarge(what) => (
            format!("文件太大（{what}），没有读，资料没有变动。"),
            "请拆成几个小一点的文件，再分别放进来。".into(),
        ),
    }
}

fn store(trouble: &StoreTrouble) -> (String, String) {
    match trouble {
        StoreTrouble::Newer => {
            pair("资料是更新的版本写的，这个版本不敢动它，一点没有改。", "请装上新版本再打开。")
        }
        StoreTrouble::Foreign => {
            pair("这个文件不是居务台的资料，没有打开，也没有改动。", "请检查资料文件夹是不是选对了。")
        }
        StoreTrouble::Damaged => pair(
            "资料文件有损坏，为防止越坏越多，已停下不写。",
            "请不要删除它，用最近的备份恢复，或联系维护人员。",
        ),
        StoreTrouble::NetworkShare => {
            pair("资料放在网络共享盘上，容易损坏，没有打开。", "请把资料文件夹拷到这台电脑的硬盘上再打开。")
        }
        StoreTrouble::InUse => {
            pair("资料正被另一个居务台窗口使用，没有再打开。", "请用已经打开的那个窗口，或先把它关掉。")
        }
        StoreTrouble::DiskFull => {
            pair("磁盘满了，这一步没有存，原来的资料完好。", "请清理出一些空间，再做一次。")
        }
        StoreTrouble::ReadOnly => {
            pair("资料所在的位置不能写，这一步没有存。", "请检查磁盘是否写保护，或换一个资料文件夹。")
        }
    }
}
