package dev.foldlog.cli.client;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;

/** Names of the JSON form of events. */
final class EventFields {
    static final String POSITION = "position";
    static final String SEQUENCE = "sequence";
    static final String EVENT_ID = "event_id";
    static final String ACTION = "action";
    static final String PRODUCER = "producer";
    static final String ARTIFACT_TYPE = "artifact_type";
    static final String ARTIFACT_ID = "artifact_id";
    static final String THREAD_ID = "thread_id";
    static final String PARTITION_KEY = "partition_key";
    static final String EVENT_VERSION = "event_version";
    static final String TIMESTAMP = "timestamp";
    static final String RECORDED_AT = "recorded_at";
    static final String TAGS = "tags";
    static final String METADATA = "metadata";
    static final String PAYLOAD = "payload";
    static final String PAYLOAD_TEXT = "payload_text";
    static final String PAYLOAD_DATA = "payload_data";
    static final String CONTENT_TYPE = "content_type";
    static final String TRANSACTION_POSITION = "transaction_position";
    static final String STORED_EVENT_VERSION = "stored_event_version";

    /** What the server adds: accepted on input, so that exported lines can be imported, and not used. */
    static final Set<String> OF_THE_SERVER =
            Set.of(POSITION, SEQUENCE, RECORDED_AT, TRANSACTION_POSITION, STORED_EVENT_VERSION);

    private static final Set<String> OF_THE_CLIENT = Set.of(
            EVENT_ID,
            ACTION,
            PRODUCER,
            ARTIFACT_TYPE,
            ARTIFACT_ID,
            THREAD_ID,
            PARTITION_KEY,
            EVENT_VERSION,
            TIMESTAMP,
            TAGS,
            METADATA,
            PAYLOAD,
            PAYLOAD_TEXT,
            PAYLOAD_DATA,
            CONTENT_TYPE);

    private EventFields() {}

    static boolean isKnown(String name) {
        return OF_THE_CLIENT.contains(name) || OF_THE_SERVER.contains(name);
    }

    /** What may have been meant by an unknown name: known names of nearly the same letters. */
    static String suggestion(String name) {
        String letters = sorted(name);
        return OF_THE_CLIENT.stream()
                .filter(known -> sorted(known).equals(letters) || known.contains(name) || name.contains(known))
                .min(Comparator.naturalOrder())
                .map(known -> " (did you mean " + known + "?)")
                .orElse("");
    }

    private static String sorted(String name) {
        return name.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
