package dev.foldlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foldlog.cli.config.Configuration;
import dev.foldlog.cli.config.ConfiguredDefaults;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.Shell;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** The launcher: its main, and the root of its composition. */
public final class Foldlog {
    private static final char REPLACEMENT = '\uFFFD';

    private Foldlog() {}

    public static void main(String[] arguments) {
        Shell shell = new Shell(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
                Terminal.isStandardError(),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                InstantSource.system(),
                new SecureRandom(),
                Thread::sleep,
                new Signals());
        System.exit(run(shell, List.of(arguments)));
    }

    /** Runs one command and returns its exit code. Everything it sees of the outside is {@code shell}. */
    public static int run(Shell shell, List<String> arguments) {
        Failures failures = new Failures(shell);
        try {
            requireReadable(arguments);
            ConfiguredDefaults defaults = new ConfiguredDefaults(Configuration.load(shell, arguments));
            return Commands.of(shell, defaults, failures).execute(arguments.toArray(String[]::new));
        } catch (CommandException e) {
            return failures.tell(e);
        }
    }

    /** Outside a UTF-8 locale Java has replaced what it could not read of the arguments: events would be spoilt. */
    private static void requireReadable(List<String> arguments) {
        if (arguments.stream().anyMatch(argument -> argument.indexOf(REPLACEMENT) >= 0)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "an argument could not be read in this locale (expected: a UTF-8 locale, such as LC_ALL=C.UTF-8)");
        }
    }
}
