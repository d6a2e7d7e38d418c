package dev.foldlog.projections;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.EventProjector;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GuardedProjectorTest {
    private static final EventView EVENT = new EventView(
            new Envelope(
                    new EventFacts(
                            new EventId("id"), "p", "approved", "tests", "artifact", "summary", "", 1, List.of()),
                    Instant.EPOCH,
                    new Stamp(new Position(1), new Sequence(1), Instant.EPOCH, new Position(1))),
            1,
            null);

    @ParameterizedTest
    @MethodSource("failures")
    void whatever_foreign_code_throws_is_the_failure_of_the_event(Throwable failure) {
        GuardedProjector guarded = new GuardedProjector(new Throwing(failure));

        assertThatThrownBy(() -> guarded.applies(EVENT))
                .isInstanceOf(ApplyException.class)
                .hasMessage("applies: broken");
        assertThatThrownBy(() -> guarded.keys(EVENT)).isInstanceOf(ApplyException.class);
        assertThatThrownBy(() -> guarded.apply(EVENT, EventProjector.EMPTY)).isInstanceOf(ApplyException.class);
    }

    @Test
    void a_process_in_trouble_is_no_failure_of_an_event() {
        OutOfMemoryError failure = new OutOfMemoryError("full");

        assertThatThrownBy(() -> new GuardedProjector(new Throwing(failure)).applies(EVENT))
                .isSameAs(failure);
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("broken"),
                new NoClassDefFoundError("broken"),
                new StackOverflowError("broken"),
                new IOException("broken"));
    }

    /** Logic that throws, undeclared too. */
    private record Throwing(Throwable failure) implements EventProjector {
        @Override
        public boolean applies(EventView event) {
            throw Throwing.<RuntimeException>undeclared(failure);
        }

        @Override
        public List<String> keys(EventView event) {
            throw Throwing.<RuntimeException>undeclared(failure);
        }

        @Override
        public String apply(EventView event, String state) {
            throw Throwing.<RuntimeException>undeclared(failure);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }
}
