//! Tests that go through the API only: journeys of a clerk, the contract of the commands, hostile
//! files, and the law of the code itself. Unit tests stand beside the code they test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod contract;
mod hostile;
mod journeys {
    //! One file per job of a clerk.
    mod columns;
    mod fill;
    mod import;
    mod main_job;
    mod paper;
    mod people;
    mod report;
    mod round_trip;
    mod shapes;
    mod sheets;
}
mod support;
mod tidy;
