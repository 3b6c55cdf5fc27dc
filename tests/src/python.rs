//! A Python environment with the packages of `requirements.txt`, made once under the target directory.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

const REQUIREMENTS: &str = include_str!("../requirements.txt");

/// The file that names the environment to use. It is written last, so what it names is whole.
const READY: &str = "ready";

const WHAT_TO_INSTALL: &str = "the end-to-end tests run a fake AWS in Python 3.11 or newer and make its environment themselves: \
     install Python with its venv module (Debian and Ubuntu: `apt install python3 python3-venv`; Fedora: \
     `dnf install python3`; macOS: `brew install python`)";

/// Newer names of Python first: the plain one may be too old.
const PYTHONS: [&str; 6] =
    ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];

/// The interpreter of the environment. The first call of a clone installs the packages; several test processes may
/// start at once, and one that died half-way leaves nothing that harms the next.
///
/// # Panics
///
/// If Python or its venv module is missing, or the packages cannot be installed.
pub fn interpreter() -> &'static Path {
    static INTERPRETER: OnceLock<PathBuf> = OnceLock::new();
    INTERPRETER.get_or_init(|| environment(&target_dir(), REQUIREMENTS))
}

/// The target directory of the running test, `<target>/<profile>/deps/<test>`, or of a program beside it,
/// `<target>/<profile>/<program>`.
///
/// # Panics
///
/// If the running program is none that cargo built.
pub fn target_dir() -> PathBuf {
    let program = std::env::current_exe().expect("a running program has a path");
    let folder = program.parent().expect("a program is in a folder");
    let profile = if folder.ends_with("deps") { folder.parent() } else { Some(folder) };
    let target = profile.and_then(Path::parent).expect("cargo builds into a target directory");
    target.to_owned()
}

fn environment(target: &Path, requirements: &str) -> PathBuf {
    let folder = target.join(format!("python-{:016x}", fingerprint(requirements)));
    fs::create_dir_all(&folder).expect("a writable target directory");
    let lock = File::create(folder.join("lock")).expect("a writable target directory");
    // Held until it goes out of scope or the process dies.
    lock.lock().expect("a target directory on a file system with locks");
    let ready = folder.join(READY);
    if let Some(interpreter) = fs::read_to_string(&ready).ok().map(|name| interpreter_in(&folder.join(name)))
        // A link, which dangles when the Python that it was made from is gone.
        && interpreter.exists()
    {
        return interpreter;
    }
    // A fresh name: a pip whose test process was killed may still be writing to the one before.
    let name = format!("venv-{}", std::process::id());
    let venv = folder.join(&name);
    if venv.exists() {
        fs::remove_dir_all(&venv).expect("a half-made environment can be removed");
    }
    make(&venv, requirements);
    fs::write(ready, name).expect("a writable target directory");
    interpreter_in(&venv)
}

fn interpreter_in(venv: &Path) -> PathBuf {
    venv.join("bin").join("python")
}

fn make(venv: &Path, requirements: &str) {
    let Some(python) = PYTHONS.into_iter().find(|name| is_new_enough(name)) else {
        panic!("{WHAT_TO_INSTALL}")
    };
    let made = run(Command::new(python).args(["-I", "-m", "venv"]).arg(venv));
    if let Err(words) = made {
        panic!("`{python} -m venv` failed: {words}\n{WHAT_TO_INSTALL}");
    }
    let list = venv.join("requirements.txt");
    fs::write(&list, requirements).expect("a writable environment");
    let pip = [
        "-I",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--require-hashes",
    ];
    if let Err(words) = run(Command::new(interpreter_in(venv)).args(pip).arg("-r").arg(&list)) {
        panic!(
            "the first run of the tests installs the packages of `tests/requirements.txt`, and pip failed: {words}"
        );
    }
}

fn is_new_enough(python: &str) -> bool {
    let check = "import sys; sys.exit(sys.version_info < (3, 11))";
    run(Command::new(python).args(["-I", "-c", check])).is_ok()
}

/// Runs a program to its end; if it fails, what it said.
fn run(command: &mut Command) -> Result<(), String> {
    match command.output() {
        Ok(Output { status, .. }) if status.success() => Ok(()),
        Ok(Output { stdout, stderr, .. }) => {
            Err(String::from_utf8_lossy(&[stdout, stderr].concat()).trim_end().to_owned())
        }
        Err(error) => Err(error.to_string()),
    }
}

/// FNV-1a: the same for the same list, whatever compiler built the test.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that stands in for a target directory, and is removed at the end.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let folder = target_dir().join("tmp").join(format!("{name}-{}", std::process::id()));
            fs::create_dir_all(&folder).expect("a writable target directory");
            Self(folder)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    #[test]
    fn a_half_made_environment_is_made_again_and_a_whole_one_is_kept() {
        let scratch = Scratch::new("half-made");
        let folder = scratch.0.join(format!("python-{:016x}", fingerprint("")));
        let half = folder.join(format!("venv-{}", std::process::id()));
        fs::create_dir_all(half.join("bin")).expect("a writable target directory");
        fs::write(interpreter_in(&half), "half").expect("a writable folder");
        let interpreter = environment(&scratch.0, "");
        assert!(is_new_enough(interpreter.to_str().expect("a path in UTF-8")));
        fs::write(half.join("mark"), "").expect("a writable folder");
        assert_eq!(environment(&scratch.0, ""), interpreter);
        assert!(half.join("mark").exists());
        fs::remove_file(&interpreter).expect("a writable folder");
        assert!(environment(&scratch.0, "").exists());
        assert!(!half.join("mark").exists());
    }

    #[test]
    fn threads_that_start_at_once_share_one_environment() {
        let scratch = Scratch::new("at-once");
        std::thread::scope(|scope| {
            let made = [(); 3].map(|()| scope.spawn(|| environment(&scratch.0, "")));
            for interpreter in made.map(|thread| thread.join().expect("an environment")) {
                assert!(interpreter.exists());
            }
        });
    }

    #[test]
    #[should_panic(expected = "pip failed")]
    fn a_package_without_its_hash_is_not_installed() {
        let scratch = Scratch::new("no-hash");
        environment(&scratch.0, "moto==5.2.5\n");
    }

    #[test]
    fn every_package_is_pinned_by_hash_and_no_index_is_named() {
        let lines = REQUIREMENTS.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            assert!(line.contains("==") || line.starts_with("    --hash=sha256:"), "{line}");
        }
    }
}
