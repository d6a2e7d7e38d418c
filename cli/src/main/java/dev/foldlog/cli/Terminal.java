package dev.foldlog.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a person looks at standard error. */
final class Terminal {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    static boolean isStandardError() {
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            // Not Linux: the console knows of standard input and output only, which is near enough.
            return isConsole();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // the null of older consoles is handled, not relied upon
    private static boolean isConsole() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
