//! Disability certificates and unified social credit codes.

use super::today;
use crate::value::credit_code::{self, CreditProblem};
use crate::value::disability_certificate::{CertificateProblem, DisabilityCertificate};
use crate::value::id_number::{IdProblem, check_character};

fn holder() -> String {
    let seventeen = "99010219900307233";
    format!("{seventeen}{}", char::from(check_character(seventeen.as_bytes())))
}

#[test]
fn a_certificate_tells_kind_and_level() {
    let read = DisabilityCertificate::parse(&format!(" {}42 ", holder()), today()).unwrap();
    assert_eq!((read.kind(), read.level(), read.is_reissued()), ("4", "2", false));
    assert_eq!(read.holder().as_str(), holder());
    let read = DisabilityCertificate::parse(&format!("{}71b2", holder()), today()).unwrap();
    assert_eq!((read.kind(), read.level(), read.is_reissued()), ("7", "1", true));
    assert!(read.as_str().ends_with("71B2"));
}

#[test]
fn wrong_certificates_are_named() {
    let check = |text: &str, expected: CertificateProblem| {
        assert_eq!(DisabilityCertificate::parse(text, today()), Err(expected), "{text:?}");
    };
    check("", CertificateProblem::Length);
    check(&holder(), CertificateProblem::Length);
    check(&format!("{}82", holder()), CertificateProblem::Kind);
    check(&format!("{}45", holder()), CertificateProblem::Level);
    check(&format!("{}42XX", holder()), CertificateProblem::Reissue);
    check(&format!("{}421", holder()), CertificateProblem::Reissue);
    check("99010219900230233142", CertificateProblem::Holder(IdProblem::Checksum));
    check("9.90102E+19", CertificateProblem::Holder(IdProblem::DigitsLost));
    check("残疾人证号残疾人证号残疾人证号残疾人证号", CertificateProblem::Length);
}

#[test]
fn credit_codes_are_checked() {
    let check = |text: &str, expected: Result<&str, CreditProblem>| {
        assert_eq!(credit_code::parse(text), expected.map(str::to_owned), "{text:?}");
    };
    check("91350100M000100Y43", Ok("91350100M000100Y43"));
    check(" 91350100m000100y43 ", Ok("91350100M000100Y43"));
    check("９１３５０１００Ｍ０００１００Ｙ４３", Ok("91350100M000100Y43"));
    check("91350100M000100Y44", Err(CreditProblem::Checksum));
    check("91350100M000100Y4", Err(CreditProblem::Length));
    check("91350100I000100Y43", Err(CreditProblem::Characters));
    check("9.1350100E+17", Err(CreditProblem::DigitsLost));
    check("", Err(CreditProblem::Length));
    assert_eq!(credit_code::mask("91350100M000100Y43"), "91350100**********");
}
