package dev.foldlog.cli;

import dev.foldlog.cli.config.HostPort;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The settings of a server, but for those of its store. */
final class ServeOptions {
    private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

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
            description = "What all reads and subscriptions may have on its way; at most a quarter of the heap."
                    + DEFAULT)
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
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CommandException(ExitCode.USAGE, List.of("a setting is out of range: " + e.getMessage()), e);
        }
    }

    private Limits limits() {
        return new Limits(
                Math.toIntExact(payloadBytes),
                Math.toIntExact(appendBytes),
                appendEvents,
                batchEvents,
                Math.toIntExact(batchBytes),
                subscriptions,
                deliveryBytes,
                timestampAhead);
    }
}
