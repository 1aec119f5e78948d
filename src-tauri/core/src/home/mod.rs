//! The first screen (今日待办): whether the office is started, what it holds, what happened last;
//! and the first start itself, with or without the practice office.

pub mod api;
pub mod sample;
