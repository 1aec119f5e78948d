//! `juwutai init`.

use serde_json::json;

use crate::say;
use crate::session::{Failure, Session};

pub fn run(
    session: &mut Session,
    name: &str,
    subdistrict: Option<String>,
    sample: bool,
) -> Result<(), Failure> {
    let mut request = json!({ "name": name, "sample": sample });
    if let Some(subdistrict) = subdistrict {
        request["subdistrict"] = json!(subdistrict);
    }
    let reply = session.call("office.start", request)?;
    if session.json {
        say::document(&reply);
    } else {
        say::line(&format!(
            "已建立“{}”的资料：居民 {} 人，台账 {} 种。",
            reply["office"].as_str().unwrap_or_default(),
            reply["residents"],
            reply["ledgers"]
        ));
    }
    Ok(())
}
