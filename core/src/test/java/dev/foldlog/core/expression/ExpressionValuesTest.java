package dev.foldlog.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The values that the port of expressions is made of. */
final class ExpressionValuesTest {
    private static final byte[] PAYLOAD = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    @Test
    void an_error_has_a_place() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExpressionError(0, 1, "m", "s"))
                .withMessage("line: 0 (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExpressionError(1, 0, "m", "s"))
                .withMessage("column: 0 (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Compilation.Refused<>(List.of()))
                .withMessage("errors: none (expected: at least one)");
    }

    @Test
    void limits_are_positive() {
        assertThat(ExpressionLimits.standard().stepsMax()).isEqualTo(5_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExpressionLimits(1, 0, 1, 1))
                .withMessage("stepsMax: 0 (expected: >= 1)");
    }

    @Test
    void a_view_makes_what_an_engine_needs_once() {
        EventView view = view();

        String first = view.kept(String.class, it -> new String(it.payload(), StandardCharsets.UTF_8));
        String second = view.kept(String.class, it -> "made again");

        assertThat(first).isEqualTo("{\"a\":1}").isSameAs(second);
        assertThat(view.kept(Integer.class, it -> 7)).isEqualTo(7);
    }

    @Test
    void an_upcasted_view_has_the_new_version_and_payload_and_forgets_what_was_made_of_the_old() {
        EventView view = view();
        String old = view.kept(String.class, it -> "old");
        byte[] newer = "{\"a\":2}".getBytes(StandardCharsets.UTF_8);

        EventView upcasted = view.upcasted(2, newer);

        assertThat(old).isEqualTo("old");
        assertThat(upcasted.kept(String.class, it -> "new")).isEqualTo("new");
        assertThat(upcasted.payload()).isEqualTo(newer);
        assertThat(upcasted.envelope().facts().eventVersion()).isEqualTo(2);
        assertThat(upcasted.storedVersion()).isEqualTo(1);
        assertThat(upcasted.envelope().metadata()).isEqualTo(Map.of("tenant", "t1"));
        assertThat(upcasted.envelope().stamp()).isEqualTo(view.envelope().stamp());
    }

    private static EventView view() {
        EventFacts facts = new EventFacts(
                new EventId("id"), "p", "approve", "ana", "answer-1", "answer", "", 1, List.of("topic:billing"));
        Stamp stamp = new Stamp(new Position(3), new Sequence(2), Instant.EPOCH, new Position(3));
        return new EventView(new Envelope(facts, Instant.EPOCH, Map.of("tenant", "t1"), stamp), 1, PAYLOAD);
    }
}
