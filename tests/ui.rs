//! Every refusal, at its token, with its help; and what must compile beside.

#[test]
fn refusals() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
