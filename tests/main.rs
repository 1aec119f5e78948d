//! Tests that go through the API only.
