package dev.foldlog.expressions;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.expression.Compilation;
import dev.foldlog.core.expression.Compilation.Compiled;
import dev.foldlog.core.expression.Compilation.Refused;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.expression.ExpressionError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events for tests, and what came of compiling. */
final class Views {
    private Views() {}

    static EventView withPayload(String json) {
        return new EventView(envelope(), 1, json.getBytes(StandardCharsets.UTF_8));
    }

    static EventView withoutPayload() {
        return new EventView(envelope(), 1, null);
    }

    private static Envelope envelope() {
        EventFacts facts = new EventFacts(
                new EventId("e-1"),
                "answer-17",
                "approve",
                "reviewer:ana",
                "answer-17",
                "answer",
                "chat-3",
                2,
                List.of("topic:billing", "user:u7"));
        Stamp stamp =
                new Stamp(new Position(42), new Sequence(3), Instant.parse("2026-03-01T12:00:01Z"), new Position(41));
        return new Envelope(
                facts,
                Instant.parse("2026-03-01T12:00:00.5Z"),
                Map.of("tenant", "t1", "trace", "abc", "zone", "eu"),
                stamp);
    }

    static <T> T compiled(Compilation<T> compilation) {
        return switch (compilation) {
            case Compiled<T>(T program) -> program;
            case Refused<T>(List<ExpressionError> errors) -> throw new AssertionError(errors.toString());
        };
    }

    static List<ExpressionError> refused(Compilation<?> compilation) {
        return switch (compilation) {
            case Compiled<?> _ -> throw new AssertionError("compiles");
            case Refused<?>(List<ExpressionError> errors) -> errors;
        };
    }
}
