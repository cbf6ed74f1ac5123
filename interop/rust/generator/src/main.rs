//! Writes the code for the messages of the plugins in Rust: `generator OUTPUT INCLUDE... -- PROTO...`. The variable
//! `PROTOC` names the compiler.

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut halves = arguments.split(|argument| argument == "--");
    let folders = halves.next().unwrap_or_default();
    let files = halves.next().unwrap_or_default();
    tonic_prost_build::configure()
        .out_dir(&folders[0])
        .emit_rerun_if_changed(false)
        .compile_protos(files, &folders[1..])
}
