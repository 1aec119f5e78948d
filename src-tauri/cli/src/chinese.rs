//! The frame of the command line in Chinese: headings and marks of `--help`, and what is said of words
//! that do not fit. What each verb and option does stands beside it in [`crate::arguments`].

use clap::builder::{PossibleValue, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}";

/// Turns headings, placeholders and marks of the help into Chinese.
pub fn command(command: Command) -> Command {
    let mut command = framed(command);
    command.build();
    with_usage(command)
}

fn framed(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("看说明");
    let command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(help)
        .mut_args(argument)
        .mut_subcommands(framed);
    if command.get_version().is_none() {
        return command;
    }
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("看版本");
    command.arg(version.help_heading("选项"))
}

/// One argument: what stands in brackets behind its help is told in Chinese or not at all.
fn argument(argument: Arg) -> Arg {
    let heading = if argument.is_positional() { "参数" } else { "选项" };
    let mut help = argument.get_help().map(StyledStr::to_string).unwrap_or_default();
    let words: Vec<String> = match argument.get_action().takes_values() {
        true => {
            argument.get_possible_values().iter().filter(|value| !value.is_hide_set()).map(word).collect()
        }
        false => Vec::new(),
    };
    if !words.is_empty() {
        help.push_str(&format!("：{}", words.join("；")));
    }
    let defaults: Vec<_> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let default = defaults.join(" ");
    if argument.get_action().takes_values() && !default.is_empty() {
        help.push_str(&format!("（不写就是 {default}）"));
    }
    if let Some(variable) = argument.get_env() {
        help.push_str(&format!("（也可以写在环境变量 {} 里）", variable.to_string_lossy()));
    }
    let name = placeholder(argument.get_id().as_str());
    let argument = argument.help(help).help_heading(heading).hide_env(true);
    if !argument.get_action().takes_values() {
        return argument;
    }
    argument.value_name(name).hide_possible_values(true).hide_default_value(true)
}

fn word(value: &PossibleValue) -> String {
    let help = value.get_help().map(StyledStr::to_string).unwrap_or_default();
    format!("{} {help}", value.get_name()).trim_end().to_owned()
}

/// What stands for the value of an argument.
fn placeholder(id: &str) -> &'static str {
    match id {
        "data" | "ui" => "文件夹",
        "today" => "日期",
        "clerk" => "姓名",
        "file" | "from_file" | "pdf" | "xlsx" => "文件",
        "ledger" | "id" => "台账",
        "sheet" | "also" => "工作表",
        "sheet_field" => "栏目",
        "map" => "列=栏目",
        "header" => "行-行",
        "conflict" => "办法",
        "limit" => "条数",
        "op" => "步数",
        "port" => "端口",
        "filter" => "条件",
        "kind" => "报表",
        "uid" => "编号",
        "request" => "内容",
        "from" => "来处",
        _ => "名称",
    }
}

/// Writes the usage lines, whose frame is English otherwise.
fn with_usage(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[选项]");
    command.override_usage(usage).mut_subcommands(with_usage)
}

/// What does not fit, as a clause without full stop.
pub fn problem(error: &Error) -> String {
    let said = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let name = argument.split(' ').next().unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", said(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("没有“{name}”这个选项，或者这里用不上它"),
        ErrorKind::MissingRequiredArgument => format!("还缺 {argument}"),
        ErrorKind::MissingSubcommand => "还缺一个命令".to_owned(),
        ErrorKind::ArgumentConflict => format!("“{name}”写了两次，或者不能和别的一起写"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{name}”后面还缺内容"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("“{name}”不能是“{value}”"),
        ErrorKind::InvalidUtf8 => "有一个词读不出来，不是 UTF-8 文字".to_owned(),
        _ => format!("“{name}”的写法不对"),
    };
    format!("{what}，加上 --help 可以看说明")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::arguments::Arguments;

    fn refused(words: &[&str]) -> String {
        let words = std::iter::once("juwutai").chain(words.iter().copied());
        problem(&command(Arguments::command()).try_get_matches_from(words).unwrap_err())
    }

    #[test]
    fn no_help_has_an_english_word_of_the_frame() {
        fn check(command: &mut Command) {
            let help = command.render_help().to_string();
            for word in [
                "Usage",
                "Options",
                "Commands",
                "Arguments",
                "OPTIONS",
                "Print",
                "possible",
                "default",
                "env:",
            ] {
                assert!(!help.contains(word), "{word} stands in {help}");
            }
            assert!(help.contains("用法：juwutai") && !help.starts_with(|c: char| c.is_ascii()), "{help}");
            command.get_subcommands_mut().for_each(check);
        }
        check(&mut command(Arguments::command()));
    }

    #[test]
    fn what_does_not_fit_is_told_in_chinese() {
        assert!(refused(&["fly"]).starts_with("没有“fly”这个命令"));
        assert!(refused(&["check", "--loud"]).starts_with("没有“--loud”这个选项"));
        assert!(refused(&["import", "a.xlsx"]).starts_with("还缺 --ledger"));
        assert!(refused(&["import", "a.xlsx", "--ledger", "x", "--conflict", "win"]).contains("不能是“win”"));
        assert!(refused(&["history", "--limit", "many"]).contains("不能是“many”"));
        assert!(refused(&["history", "--limit"]).contains("还缺内容"));
        assert!(refused(&["--today", "2026-13-01", "check"]).contains("“--today”不能是“2026-13-01”"));
        assert!(refused(&["import", "a.xlsx", "--ledger", "x", "--ledger", "y"]).contains("写了两次"));
    }
}
