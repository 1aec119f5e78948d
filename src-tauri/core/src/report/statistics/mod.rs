//! Population and key-group statistics (人口统计), with a cross table of any two fields.

pub mod fields;
