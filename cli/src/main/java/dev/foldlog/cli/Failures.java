package dev.foldlog.cli;

import dev.foldlog.cli.config.Configuration;
import dev.foldlog.cli.config.ConfiguredDefaults;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.OutputClosedException;
import dev.foldlog.cli.shell.Shell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How commands end that did not succeed: a few lines on standard error and an exit code. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Shell shell;

    Failures(Shell shell) {
        this.shell = shell;
    }

    /** Tells a failure and returns the exit code. Stack traces are for debugging only. */
    int tell(Throwable failure, LogLevel level) {
        int code = switch (failure) {
            case OutputClosedException _ -> ExitCode.OK.number();
            case CommandException e -> {
                shell.note("foldlog: " + String.join(System.lineSeparator(), e.lines()));
                yield e.exitCode().number();
            }
            default -> {
                shell.note("foldlog: internal error: " + failure + " (--log-level debug shows where)");
                yield ExitCode.FAILURE.number();
            }
        };
        if (level == LogLevel.debug) {
            LOG.debug("where it failed", failure);
        }
        return code;
    }

    int tell(CommandException failure) {
        return tell(failure, LogLevel.info);
    }

    /** Tells what is wrong with the command line, or with a configured value. */
    int tellUsage(ParameterException failure, ConfiguredDefaults defaults) {
        Configuration.Value value = failure.getArgSpec() == null ? null : defaults.find(failure.getArgSpec());
        String message = unknownCommand(failure);
        String origin = value != null && message.contains(value.text())
                ? " (" + value.source().label() + ')'
                : "";
        shell.note("foldlog: " + message + origin);
        shell.note("try '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.USAGE.number();
    }

    /** The failure's message; of a word in the place of a command, what could stand there. */
    private static String unknownCommand(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        if (command.getParent() == null
                && failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
                && !unmatched.isUnknownOption()) {
            return unmatched.getUnmatched().getFirst() + ": unknown command (expected: one of "
                    + String.join(", ", command.getSubcommands().keySet()) + ')';
        }
        return String.valueOf(failure.getMessage());
    }
}
