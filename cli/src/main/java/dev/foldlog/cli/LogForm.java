package dev.foldlog.cli;

/** Form of the server's log. The names are what is typed. */
enum LogForm {
    text,
    json
}
