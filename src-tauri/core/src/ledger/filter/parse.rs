//! Text of a filter to an expression: a hand-written descent over a dozen kinds of token.
//!
//! Errors are the piece of text that is not understood.

use super::Expression;

const OPERATORS: [&str; 6] = ["!=", ">=", "<=", "=", ">", "<"];

/// Reads a whole filter.
pub(super) fn expression(text: &str) -> Result<Expression, String> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let expression = reader.or()?;
    match reader.peek() {
        None => Ok(expression),
        Some(rest) => Err(rest.to_owned()),
    }
}

fn tokens(text: &str) -> Result<Vec<String>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if matches!(first, '(' | ')' | ',' | '（' | '）' | '，') {
            first.len_utf8()
        } else if let Some(operator) = OPERATORS.iter().find(|operator| rest.starts_with(**operator)) {
            operator.len()
        } else if matches!(first, '"' | '\'') {
            2 + rest[1..].find(first).ok_or_else(|| rest.to_owned())?
        } else {
            rest.find(|c: char| c.is_whitespace() || "()（）,，!=<>".contains(c)).unwrap_or(rest.len())
        };
        if length == 0 {
            return Err(rest.to_owned());
        }
        let token = match &rest[..length] {
            "（" => "(",
            "）" => ")",
            "，" => ",",
            token => token,
        };
        tokens.push(token.to_owned());
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

struct Reader<'t> {
    tokens: &'t [String],
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<&'t str> {
        self.tokens.get(self.at).map(String::as_str)
    }

    fn next(&mut self) -> Result<&'t str, String> {
        let token = self.peek().ok_or_else(|| "（条件没写完）".to_owned())?;
        self.at += 1;
        Ok(token)
    }

    fn takes(&mut self, word: &str) -> bool {
        let fits = self.peek().is_some_and(|token| token.eq_ignore_ascii_case(word));
        self.at += usize::from(fits);
        fits
    }

    fn or(&mut self) -> Result<Expression, String> {
        let mut left = self.and()?;
        while self.takes("or") {
            left = Expression::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expression, String> {
        let mut left = self.not()?;
        while self.takes("and") {
            left = Expression::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Expression, String> {
        if self.takes("not") {
            return Ok(Expression::Not(Box::new(self.not()?)));
        }
        if self.takes("(") {
            let inner = self.or()?;
            return if self.takes(")") { Ok(inner) } else { Err("(".to_owned()) };
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Expression, String> {
        let word = self.next()?;
        if let Some(ledger) = word.strip_prefix("ledger:").or_else(|| word.strip_prefix("tag:")) {
            return Ok(Expression::Ledger(ledger.to_owned()));
        }
        if word.contains(['(', ')', ',']) || OPERATORS.contains(&word) {
            return Err(word.to_owned());
        }
        if self.takes("in") {
            return self.list(word);
        }
        let operator = self.peek().and_then(|token| OPERATORS.iter().find(|known| **known == token));
        let Some(operator) = operator else { return Ok(Expression::Known(word.to_owned())) };
        self.at += 1;
        let value = unquoted(self.next()?);
        Ok(Expression::Compare { word: word.to_owned(), operator, value })
    }

    fn list(&mut self, word: &str) -> Result<Expression, String> {
        if !self.takes("(") {
            return Err("in".to_owned());
        }
        let mut values = vec![unquoted(self.next()?)];
        while self.takes(",") {
            values.push(unquoted(self.next()?));
        }
        if self.takes(")") {
            Ok(Expression::In { word: word.to_owned(), values })
        } else {
            Err("in (".to_owned())
        }
    }
}

fn unquoted(token: &str) -> String {
    token.trim_matches(['"', '\'']).to_owned()
}
