package dev.foldlog.cli;

import dev.foldlog.cli.config.HostPort;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.core.store.Durability;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The settings of a server. */
final class ServeOptions {
    private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

    /** What an answered append is to survive. The names are what is typed. */
    enum DurabilityName {
        disk,
        process
    }

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7070",
            description = "Where to listen; port 0 takes any free one." + DEFAULT)
    private HostPort listen = new HostPort("127.0.0.1", 7070);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./foldlog-data",
            description = "The data folder, made when it is not there." + DEFAULT)
    private Path data = Path.of("foldlog-data");

    @Option(
            names = "--durability",
            paramLabel = "disk|process",
            defaultValue = "disk",
            description =
                    "What an answered append survives: disk, a power cut; process, a killed process only." + DEFAULT)
    private DurabilityName durability = DurabilityName.disk;

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
            description = "Bytes of events that may wait for the writer." + DEFAULT)
    private long queueBytes;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Reads at the same time." + DEFAULT)
    private int readers;

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
    ServerSettings settings(Path workingFolder) {
        try {
            return new ServerSettings(
                    listen.host(),
                    listen.port(),
                    isPlaintextAllowed,
                    shutdownGrace,
                    limits(),
                    new SqliteSettings(
                            workingFolder.resolve(data).normalize(),
                            durability == DurabilityName.disk ? Durability.DISK : Durability.PROCESS,
                            queueAppends,
                            queueBytes,
                            readers,
                            shutdownGrace));
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
