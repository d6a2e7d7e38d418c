package dev.foldlog.core.projection;

import dev.foldlog.core.event.RecordedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part in one write transaction. For its thread. */
public interface Participation {
    /** A part that does nothing. */
    Participation NONE = new Participation() {
        @Override
        public boolean isIdle() {
            return true;
        }

        @Override
        public @Nullable ApplyRefusal take(List<RecordedEvent> events) {
            return null;
        }

        @Override
        public void flush() {}

        @Override
        public void committed() {}
    };

    /** Whether events need not be shown to it now. */
    boolean isIdle();

    /**
     * Takes the events of one append, which are stored next: all of them, or none and says why, and then they are not
     * stored.
     */
    @Nullable
    ApplyRefusal take(List<RecordedEvent> events);

    /** Writes what it holds to the transaction's tables. */
    void flush();

    /** The transaction is committed. */
    void committed();
}
