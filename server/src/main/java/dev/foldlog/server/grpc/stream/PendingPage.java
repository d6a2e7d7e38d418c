package dev.foldlog.server.grpc.stream;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.store.CorruptionException;
import dev.foldlog.server.grpc.codec.EventEncoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page on its way out, cut into messages of at most so many bytes (one larger event goes alone).
 * Usually that is one message; a form that makes payloads longer may need more. An event that cannot be
 * encoded fails only when those before it are out. Confined.
 */
final class PendingPage {
    /** Events of one message; everything up to {@code scanned} is out with it. */
    record Cut(List<byte[]> events, Position scanned) {}

    /** Bytes that a message may have beside its events. */
    private static final int REST_BYTES = 64;

    private final EventPage page;
    private final EventEncoder encoder;
    private final int bytesMax;
    private int next;
    private byte @Nullable [] carried;

    PendingPage(EventPage page, EventEncoder encoder, int bytesMax) {
        this.page = page;
        this.encoder = encoder;
        this.bytesMax = Math.max(1, bytesMax - REST_BYTES);
    }

    boolean hasEvents() {
        return next < page.events().size();
    }

    /** Bytes of what has not gone out. */
    long keptBytes() {
        long bytes = carried == null ? 0 : carried.length;
        for (RecordedEvent event : page.events().subList(next, page.events().size())) {
            bytes += event.sizeBytes();
        }
        return bytes;
    }

    /** What goes into the next message: no events when none are left. */
    Cut cut() {
        List<byte[]> events = new ArrayList<>(page.events().size() - next);
        long bytes = 0;
        while (hasEvents()) {
            byte[] event = encodeNext(events.isEmpty());
            if (event == null) {
                break;
            }
            bytes += Wire.embeddedSize(event.length);
            if (bytes > bytesMax && !events.isEmpty()) {
                carried = event;
                break;
            }
            carried = null;
            events.add(event);
            next++;
        }
        Position scanned = hasEvents() ? page.events().get(next - 1).position() : page.scanned();
        return new Cut(events, scanned);
    }

    /** The next event's bytes, or null when it cannot be encoded but is not the first to be. */
    private byte @Nullable [] encodeNext(boolean isFirst) {
        if (carried != null) {
            return carried;
        }
        RecordedEvent event = page.events().get(next);
        try {
            return encoder.encode(event);
        } catch (IllegalArgumentException e) {
            if (isFirst) {
                throw new CorruptionException(event.position(), "stored, but not to be encoded: " + e.getMessage());
            }
            return null;
        }
    }
}
