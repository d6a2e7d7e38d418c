package dev.foldlog.core.read;

/**
 * How much one page may hold.
 *
 * @param eventsMax events, at least 1
 * @param bytesMax target bytes of envelopes and payloads; one larger event still goes, alone
 * @param withPayloads false leaves payloads unread
 */
public record PageLimit(int eventsMax, long bytesMax, boolean withPayloads) {
    public PageLimit {
        if (eventsMax < 1) {
            throw new IllegalArgumentException("eventsMax: " + eventsMax + " (expected: >= 1)");
        }
        if (bytesMax < 1) {
            throw new IllegalArgumentException("bytesMax: " + bytesMax + " (expected: >= 1)");
        }
    }
}
