package dev.foldlog.cli;

import dev.foldlog.cli.client.ProjectionOrder;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that define a projection. A text that starts with @ names a file that holds it. */
final class DefinitionOptions {
    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--async", description = "Fold after the commit. Default: in the append's transaction.")
    private boolean isAsync;

    @Option(names = "--applies", paramLabel = "CEL", description = "Which events count. Default: all of the selection.")
    private String applies = "";

    @Option(names = "--key", paramLabel = "CEL", description = "The key or keys. Default: event.partition_key.")
    private String key = "";

    @Option(names = "--apply", paramLabel = "CEL", description = "The next state, of 'event' and 'state'.")
    private String apply = "";

    @Option(names = "--plugin", paramLabel = "NAME", description = "A plugin of the server, instead of expressions.")
    private String plugin = "";

    @Option(names = "--setting", paramLabel = "NAME=VALUE", description = "A setting of the plugin; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--skip-errors", description = "Count events that fail and go on (async only). Default: stop.")
    private boolean isSkipping;

    @Option(names = "--start-after", paramLabel = "POSITION", description = "Only events after this position.")
    private long startAfter;

    ProjectionOrder order(String name, Shell shell) {
        return new ProjectionOrder(
                name,
                !isAsync,
                text(applies, shell),
                text(key, shell),
                text(apply, shell),
                plugin,
                settings,
                selection.selection(shell.clock()),
                isSkipping,
                startAfter);
    }

    private static String text(String option, Shell shell) {
        if (!option.startsWith("@")) {
            return option;
        }
        try {
            return Files.readString(shell.folder().resolve(option.substring(1))).strip();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE, option + ": cannot be read (expected: a file with an expression)");
        }
    }
}
