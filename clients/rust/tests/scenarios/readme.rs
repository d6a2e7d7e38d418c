//! The programs of the README: its text is what is run.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::server::Server;
use crate::worker::example;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The blocks of a language in the README, in order.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let start = format!("```{language}\n");
    let blocks = readme.split(&start).skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_readme_shows_the_examples() {
    let examples =
        ["quick_start", "worker"].map(|name| fs::read_to_string(folder().join(format!("examples/{name}.rs"))).unwrap());
    assert_eq!(blocks("rust,no_run"), examples);
}

#[test]
fn the_quick_start_prints_what_the_readme_says() {
    let server = Server::exclusively();
    let run = Command::new(example("quick_start")).arg(&server.address).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    assert_eq!(blocks("text"), [String::from_utf8(run.stdout).unwrap()]);
}
