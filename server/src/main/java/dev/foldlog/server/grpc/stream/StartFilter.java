package dev.foldlog.server.grpc.stream;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.EventPage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out events recorded before a time, which a tail meets only when the time was still to come at the
 * start of the subscription. Since recorded_at never goes back, the first event that passes ends the work.
 * Confined.
 */
final class StartFilter {
    private final @Nullable EventCodec codec;
    private final Instant earliest;
    private boolean isOpen;

    private StartFilter(@Nullable EventCodec codec, Instant earliest) {
        this.codec = codec;
        this.earliest = earliest;
    }

    static StartFilter none() {
        return new StartFilter(null, Instant.MIN);
    }

    static StartFilter recordedSince(Instant earliest, EventCodec codec) {
        return new StartFilter(codec, earliest);
    }

    EventPage apply(EventPage page) {
        int first = isOpen || codec == null ? 0 : firstThatPasses(page.events(), codec);
        if (first == 0) {
            return page;
        }
        return new EventPage(
                page.events().subList(first, page.events().size()), page.scanned(), page.isLast(), page.failures());
    }

    private int firstThatPasses(List<RecordedEvent> events, EventCodec opening) {
        for (int i = 0; i < events.size(); i++) {
            if (!opening.open(events.get(i).envelope()).stamp().recordedAt().isBefore(earliest)) {
                isOpen = true;
                return i;
            }
        }
        return events.size();
    }
}
