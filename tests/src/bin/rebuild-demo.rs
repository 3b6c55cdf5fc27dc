//! Rebuilds `fixtures/demo.json`, the account that `awspect scan --demo` judges:
//!
//! ```sh
//! cargo build -p awspect-tests && cargo run -p awspect-tests --bin rebuild-demo
//! ```

use awspect_tests::demo;

fn main() {
    let binary = std::env::current_exe()
        .expect("a program knows where it is")
        .with_file_name("awspect-under-test");
    demo::write(&demo::collect(&binary.to_string_lossy()));
}
