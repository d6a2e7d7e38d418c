package dev.foldlog.cli;

/** Level of the log. The names are what is typed. */
enum LogLevel {
    error,
    warn,
    info,
    debug
}
