package dev.foldlog.cli;

import dev.foldlog.cli.config.HostPort;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The settings of a server, but for those of its store. */
final class ServeOptions {
    private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

    /** Options by the names that the settings of the server and its store give them. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("host", "--listen"),
            Map.entry("port", "--listen"),
            Map.entry("shutdownGrace", "--shutdown-grace"),
            Map.entry("queueAppendsMax", "--queue-appends"),
            Map.entry("queueBytesMax", "--queue-bytes"),
            Map.entry("readersMax", "--readers"),
            Map.entry("payloadBytesMax", "--max-payload-bytes"),
            Map.entry("appendBytesMax", "--max-append-bytes"),
            Map.entry("appendEventsMax", "--max-append-events"),
            Map.entry("batchEventsMax", "--max-batch-events"),
            Map.entry("batchBytesMax", "--max-batch-bytes"),
            Map.entry("subscriptionsMax", "--max-subscriptions"),
            Map.entry("deliveryBytesMax", "--max-delivery-bytes"),
            Map.entry("timestampAheadMax", "--max-timestamp-ahead"));

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7070",
            description = "Where to listen; port 0 takes any free one." + DEFAULT)
    private HostPort listen = new HostPort("127.0.0.1", 7070);

    @Option(
            names = "--allow-plaintext",
            defaultValue = "false",
            description = "Listen beyond loopback without TLS: everybody on the way can read and write.")
    private boolean isPlaintextAllowed;

    @Option(
            names = "--shutdown-grace",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "How long open calls may take to finish when the server stops." + DEFAULT)
    private Duration shutdownGrace = Duration.ofSeconds(10);

    @Option(
            names = "--max-payload-bytes",
            paramLabel = "SIZE",
            defaultValue = "1MiB",
            converter = ByteSizeConverter.class,
            description = "Largest payload." + DEFAULT)
    private long payloadBytes;

    @Option(
            names = "--max-append-bytes",
            paramLabel = "SIZE",
            defaultValue = "4MiB",
            converter = ByteSizeConverter.class,
            description = "Largest append." + DEFAULT)
    private long appendBytes;

    @Option(
            names = "--max-append-events",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most events of an append." + DEFAULT)
    private int appendEvents;

    @Option(
            names = "--max-batch-events",
            paramLabel = "N",
            defaultValue = "500",
            description = "Most events of a message of a read or a subscription." + DEFAULT)
    private int batchEvents;

    @Option(
            names = "--max-batch-bytes",
            paramLabel = "SIZE",
            defaultValue = "256KiB",
            converter = ByteSizeConverter.class,
            description = "Target size of such a message." + DEFAULT)
    private long batchBytes;

    @Option(
            names = "--max-subscriptions",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most subscriptions at the same time." + DEFAULT)
    private int subscriptions;

    @Option(
            names = "--max-delivery-bytes",
            paramLabel = "SIZE",
            defaultValue = "256MiB",
            converter = ByteSizeConverter.class,
            description =
                    "What all reads and subscriptions may have on its way; at most a quarter of the heap." + DEFAULT)
    private long deliveryBytes;

    @Option(
            names = "--max-timestamp-ahead",
            paramLabel = "DURATION",
            defaultValue = "24h",
            description = "How far an event's timestamp may be ahead of the server's clock." + DEFAULT)
    private Duration timestampAhead = Duration.ofHours(24);

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Form of the log on standard error." + DEFAULT)
    private LogForm logForm = LogForm.text;

    LogForm logForm() {
        return logForm;
    }

    /** The settings for the server. */
    ServerSettings settings(StoreOptions store, Path workingFolder) {
        try {
            return new ServerSettings(
                    listen.host(),
                    listen.port(),
                    isPlaintextAllowed,
                    shutdownGrace,
                    limits(),
                    store.settings(workingFolder));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, List.of(asTyped(String.valueOf(e.getMessage()))), e);
        }
    }

    /** A refusal of a setting with the name that was typed for the name of its field. */
    static String asTyped(String message) {
        int end = Math.max(0, message.indexOf(':'));
        String option = OPTIONS.get(message.substring(0, end));
        return option == null ? message : option + message.substring(end);
    }

    private static int fitting(String field, long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(field + ": " + bytes + " (expected: at most " + Integer.MAX_VALUE + ')');
        }
        return (int) bytes;
    }

    private Limits limits() {
        return new Limits(
                fitting("payloadBytesMax", payloadBytes),
                fitting("appendBytesMax", appendBytes),
                appendEvents,
                batchEvents,
                fitting("batchBytesMax", batchBytes),
                subscriptions,
                deliveryBytes,
                timestampAhead);
    }
}
