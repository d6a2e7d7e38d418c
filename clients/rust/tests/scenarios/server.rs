//! The scenario server: one process for the whole run, which ends with its standard input, and so with this process.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

static SERVER: LazyLock<Mutex<Server>> = LazyLock::new(|| Mutex::new(Server::start()));

pub struct Server {
    pub address: String,
    cues: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// The top of the repository.
pub fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl Server {
    /// The server with a new, empty store, for one test alone.
    pub fn exclusively() -> MutexGuard<'static, Self> {
        // A test that failed leaves nothing behind that a reset does not clear.
        let mut server = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
        server.cue("reset");
        server
    }

    #[allow(clippy::zombie_processes, reason = "it ends with this process, and no earlier")]
    fn start() -> Self {
        let mut process = Command::new(top().join("scripts/scenario-server"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the scenario server starts");
        let mut server = Self {
            address: String::new(),
            cues: process.stdin.take().unwrap(),
            answers: BufReader::new(process.stdout.take().unwrap()),
        };
        let ready = server.line();
        server.address = ready.strip_prefix("ready ").unwrap_or_else(|| panic!("{ready}")).to_owned();
        server
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let bytes = self.answers.read_line(&mut line).unwrap();
        assert!(bytes > 0, "the scenario server has ended");
        line.trim_end().to_owned()
    }

    /// Gives a cue, and waits until it has taken effect: its value, or an empty text.
    pub fn cue(&mut self, cue: &str) -> String {
        writeln!(self.cues, "{cue}").unwrap();
        let answer = self.line();
        match answer.strip_prefix("ok") {
            Some(value) => value.trim().to_owned(),
            None => panic!("{cue}: {answer}"),
        }
    }
}
