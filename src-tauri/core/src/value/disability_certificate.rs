//! The number of a disability certificate (残疾人证号): citizen's number, kind, level, reissue.

use chrono::NaiveDate;

use super::id_number::{IdNumber, IdProblem};
use super::text::squeeze;

/// A checked number of a disability certificate (残疾人证号), twenty characters and "B1" onwards
/// behind a reissued one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DisabilityCertificate {
    text: String,
    holder: IdNumber,
}

/// Why text is not the number of a disability certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CertificateProblem {
    /// It has not twenty characters.
    Length,
    /// Its first eighteen characters are no citizen's number.
    Holder(IdProblem),
    /// Its nineteenth digit is no kind (1 to 7).
    Kind,
    /// Its twentieth digit is no level (1 to 4).
    Level,
    /// What follows the twenty characters is no mark of reissue.
    Reissue,
}

impl DisabilityCertificate {
    /// Reads a number.
    ///
    /// # Errors
    /// The first thing that is wrong with it; nothing is repaired.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, CertificateProblem> {
        if text.len() > 200 {
            return Err(CertificateProblem::Length);
        }
        let text = squeeze(text).trim_start_matches(['\'', '‘', '’']).to_ascii_uppercase();
        if text.contains("E+") {
            return Err(CertificateProblem::Holder(IdProblem::DigitsLost));
        }
        let (number, reissue) = text.split_at_checked(20).ok_or(CertificateProblem::Length)?;
        let holder = IdNumber::parse(number.get(..18).ok_or(CertificateProblem::Length)?, today)
            .map_err(CertificateProblem::Holder)?;
        let bytes = number.as_bytes();
        if !(b'1'..=b'7').contains(&bytes[18]) {
            return Err(CertificateProblem::Kind);
        }
        if !(b'1'..=b'4').contains(&bytes[19]) {
            return Err(CertificateProblem::Level);
        }
        let count = reissue.strip_prefix('B').unwrap_or(reissue);
        let is_reissue = count.len() <= 2 && count.bytes().all(|b| b.is_ascii_digit());
        if !reissue.is_empty() && (!is_reissue || count.len() == reissue.len()) {
            return Err(CertificateProblem::Reissue);
        }
        Ok(Self { text, holder })
    }

    /// The number as kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The citizen's number of its holder.
    #[must_use]
    pub fn holder(&self) -> &IdNumber {
        &self.holder
    }

    /// The code of the kind in the table `disability_kind`.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.text[18..19]
    }

    /// The code of the level in the table `disability_level`.
    #[must_use]
    pub fn level(&self) -> &str {
        &self.text[19..20]
    }

    /// Says whether it was issued again (B and a count behind the twenty characters).
    #[must_use]
    pub fn is_reissued(&self) -> bool {
        self.text.len() > 20
    }
}

impl CertificateProblem {
    /// What is wrong, as a Chinese clause that never holds the number.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Length => "残疾人证号不是20位",
            Self::Holder(IdProblem::DigitsLost) => "残疾人证号末几位已丢失，请向发来的人再要一份号码完整的",
            Self::Holder(_) => "残疾人证号前18位不是正确的身份证号",
            Self::Kind => "残疾人证号第19位（类别）应为1至7",
            Self::Level => "残疾人证号第20位（等级）应为1至4",
            Self::Reissue => "残疾人证号20位之后只能是补发标记，如B1",
        }
    }
}
