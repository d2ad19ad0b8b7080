//! Every refusal, at its token, with its help; and what must compile beside.

#[test]
fn refusals() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}

/// The longest part of each refusal's first line that is the same for every function stands in an expected message.
#[test]
fn every_refusal_has_a_case() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut messages = String::new();
    for topic in std::fs::read_dir(root.join("tests/ui")).unwrap() {
        for file in std::fs::read_dir(topic.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "stderr") {
                messages.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let source = std::fs::read_to_string(root.join("macros/src/refusal.rs")).unwrap();
    let (_, display) = source.split_once("Display for Refusal").expect("the texts of the refusals");
    let mut refusals = 0;
    for arm in display.split("\n            Self::").skip(1) {
        let name: String = arm.chars().take_while(|c| c.is_alphanumeric()).collect();
        let text = arm.split('"').skip(1).step_by(2).find(|text| text.contains(' '));
        let text = text.unwrap_or_else(|| panic!("{name} has no text"));
        let line = text.replace("\\\n", "\n");
        let line: String = line.split("\\n").next().unwrap_or_default().split('\n').map(str::trim_start).collect();
        let fixed = line.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
        let longest = fixed.max_by_key(|part| part.len()).unwrap_or_default();
        assert!(longest.len() > 8, "{name}: {line}");
        assert!(messages.contains(longest), "no file in tests/ui expects `{longest}` of {name}");
        refusals += 1;
    }
    assert!(refusals > 50, "{refusals}");
}
