package dev.foldlog.cli.config;

import java.util.List;
import java.util.Locale;

/**
 * What can be configured: each setting is an option {@code --name}, a variable {@code FOLDLOG_NAME} and a key
 * {@code name} of the configuration file.
 */
public final class Settings {
    /** The variable that names the configuration file. */
    public static final String FILE_VARIABLE = "FOLDLOG_CONFIG";

    /** The configuration file that is read when it is there and none is named. */
    public static final String FILE_STANDARD = "foldlog.properties";

    /** The settings' names, in the order in which they are shown. */
    public static final List<String> NAMES = List.of(
            "listen",
            "store",
            "data",
            "durability",
            "allow-plaintext",
            "shutdown-grace",
            "queue-appends",
            "queue-bytes",
            "readers",
            "max-payload-bytes",
            "max-append-bytes",
            "max-append-events",
            "max-batch-events",
            "max-batch-bytes",
            "max-subscriptions",
            "max-delivery-bytes",
            "max-timestamp-ahead",
            "log-format",
            "log-level",
            "server");

    private Settings() {}

    /** The environment's variable of a setting. */
    public static String variable(String name) {
        return "FOLDLOG_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
