package dev.foldlog.cli;

import static java.util.Objects.requireNonNull;

import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.StoreSettings;
import dev.foldlog.store.memory.MemorySettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Which store a server has, and its settings: the one place where the store is chosen. */
final class StoreOptions {
    private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

    /** What only a store with a disk and a queue has a use for. */
    private static final List<String> NOT_IN_MEMORY = List.of("data", "durability", "queue-appends", "queue-bytes");

    /** The stores there are. The names are what is typed. */
    enum StoreName {
        sqlite,
        memory
    }

    /** What an answered append is to survive. The names are what is typed. */
    enum DurabilityName {
        disk,
        process
    }

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--store",
            paramLabel = "sqlite|memory",
            defaultValue = "sqlite",
            description = "What keeps the events: sqlite, a data folder; memory, nothing: all is gone when the"
                    + " server ends." + DEFAULT)
    private StoreName store = StoreName.sqlite;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./foldlog-data",
            description = "The data folder, made when it is not there; not with memory." + DEFAULT)
    private Path data = Path.of("foldlog-data");

    @Option(
            names = "--durability",
            paramLabel = "disk|process",
            defaultValue = "disk",
            description =
                    "What an answered append survives: disk, a power cut; process, a killed process only." + DEFAULT)
    private DurabilityName durability = DurabilityName.disk;

    @Option(
            names = "--queue-appends",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Appends that may wait for the writer; more are OVERLOADED." + DEFAULT)
    private int queueAppends;

    @Option(
            names = "--queue-bytes",
            paramLabel = "SIZE",
            defaultValue = "64MiB",
            converter = ByteSizeConverter.class,
            description = "Bytes of appends that may wait for the writer." + DEFAULT)
    private long queueBytes;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Reads at the same time." + DEFAULT)
    private int readers;

    /**
     * The settings of the chosen store.
     *
     * @throws IllegalArgumentException when a value is out of range
     */
    StoreSettings settings(Path workingFolder) {
        refuseUnused();
        return switch (store) {
            case sqlite ->
                new SqliteSettings(
                        folder(workingFolder),
                        durability == DurabilityName.disk ? Durability.DISK : Durability.PROCESS,
                        queueAppends,
                        queueBytes,
                        readers,
                        SqliteSettings.CLOSE_TIMEOUT);
            case memory -> MemorySettings.withReaders(readers);
        };
    }

    /** Where the events are, for people. */
    String place(Path workingFolder) {
        return switch (store) {
            case sqlite -> "data " + folder(workingFolder);
            case memory -> "no data folder: all is gone when it ends";
        };
    }

    /** Names of the settings that the chosen store has no use for. */
    List<String> unused() {
        return switch (store) {
            case sqlite -> List.of();
            case memory -> NOT_IN_MEMORY;
        };
    }

    /** Whoever types such an option believes that it does something; in the environment or a file it may stand. */
    private void refuseUnused() {
        ParseResult parsed = requireNonNull(command, "command").commandLine().getParseResult();
        for (String name : unused()) {
            if (parsed.hasMatchedOption("--" + name)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "--" + name + ": given (expected: not with the store " + store
                                + ", which keeps nothing on disk and has no queue)");
            }
        }
    }

    private Path folder(Path workingFolder) {
        return workingFolder.resolve(data).normalize();
    }
}
