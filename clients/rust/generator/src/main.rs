//! Makes `src/generated/foldlog.v1.rs` from `proto/`, without protoc: `foldlog-generator PROTO_FOLDER OUT_FOLDER`.

use std::env;
use std::error::Error;
use std::path::PathBuf;

const FILES: [&str; 4] = [
    "foldlog/v1/event.proto",
    "foldlog/v1/errors.proto",
    "foldlog/v1/event_store.proto",
    "foldlog/v1/checkpoints.proto",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(protos), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("arguments: too few (expected: PROTO_FOLDER OUT_FOLDER)".into());
    };
    tonic_prost_build::configure()
        .build_server(false)
        .build_transport(false)
        .emit_rerun_if_changed(false)
        .out_dir(out)
        .compile_fds(protox::compile(FILES, [protos])?)?;
    Ok(())
}
