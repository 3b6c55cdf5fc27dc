//! Rebuilds `fixtures/demo.json`, the account that `awspect scan --demo` judges:
//!
//! ```sh
//! cargo build -p awspect-tests && cargo run -p awspect-tests --bin rebuild-demo
//! ```

use std::io;

use awspect_tests::demo;

fn main() -> io::Result<()> {
    let binary = std::env::current_exe()?.with_file_name("awspect-under-test");
    demo::write(&demo::collect(&binary.to_string_lossy()));
    Ok(())
}
