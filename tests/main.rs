//! Tests that go through the API only: journeys of a clerk, the contract of the commands, hostile
//! files, and the law of the code itself. Unit tests stand beside the code they test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod contract;
mod hostile;
mod journeys {
    //! One file per job of a clerk.
    mod columns;
    mod import;
    mod main_job;
    mod matter;
    mod meeting;
    mod paper;
    mod people;
    mod round_trip;
    mod shapes;
    mod sheets;
}
mod support;
mod tidy;
