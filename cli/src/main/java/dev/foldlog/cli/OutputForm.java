package dev.foldlog.cli;

/** How a command prints what it found. The names are what is typed. */
enum OutputForm {
    table,
    json
}
