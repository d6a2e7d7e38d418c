package dev.foldlog.core.event;

import static java.util.Objects.requireNonNull;

/**
 * Identity of an event, unique among the events kept: any text of 1 to 128 bytes of UTF-8, compared byte
 * by byte. Stores may keep a UUID in lower-case canonical form in 16 bytes.
 */
public record EventId(String text) {
    /** Bytes of UTF-8 that an id may have at most. */
    public static final int BYTES_MAX = 128;

    public EventId {
        requireNonNull(text, "text");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("event_id: empty (expected: 1.." + BYTES_MAX + " bytes)");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
