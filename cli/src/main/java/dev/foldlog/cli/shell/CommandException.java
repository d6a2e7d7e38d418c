package dev.foldlog.cli.shell;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** An end of a command that its user is told in a few lines: it carries no stack trace but its cause's. */
public final class CommandException extends RuntimeException {
    private final ExitCode exitCode;
    private final List<String> lines;

    public CommandException(ExitCode exitCode, List<String> lines, Throwable cause) {
        super(String.join("\n", lines), cause, false, false);
        this.exitCode = requireNonNull(exitCode, "exitCode");
        this.lines = List.copyOf(lines);
    }

    public CommandException(ExitCode exitCode, String... lines) {
        super(String.join("\n", lines), null, false, false);
        this.exitCode = requireNonNull(exitCode, "exitCode");
        this.lines = List.of(lines);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** What to print, the reason first. */
    public List<String> lines() {
        return lines;
    }
}
