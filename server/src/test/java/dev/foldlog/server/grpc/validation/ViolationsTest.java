package dev.foldlog.server.grpc.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.BadRequest;
import dev.foldlog.core.expression.ExpressionError;
import dev.foldlog.server.grpc.error.Answers;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.ExpressionErrors;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ViolationsTest {
    private static final FieldPath EVENT = FieldPath.ROOT.element("events", 2);

    private final Violations violations = new Violations();

    @Test
    void throws_nothing_when_nothing_is_wrong() {
        assertThatCode(violations::throwIfAny).doesNotThrowAnyException();
        assertThat(violations.isEmpty()).isTrue();
    }

    @Test
    void names_the_path_the_value_and_what_was_expected() {
        violations.malformedText(EVENT.field("action"), "app rove", "characters of [A-Za-z0-9_.:-]");

        ApiException thrown = thrown();
        assertThat(thrown.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
        assertThat(thrown).hasMessage("events[2].action: \"app rove\" (expected: characters of [A-Za-z0-9_.:-])");
        assertThat(thrown.metadata()).containsEntry("violation_count", "1");
        assertThat(Answers.detail(answer(), BadRequest.class).getFieldViolationsList())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.getField()).isEqualTo("events[2].action");
                    assertThat(it.getDescription()).isEqualTo("\"app rove\" (expected: characters of [A-Za-z0-9_.:-])");
                });
    }

    @Test
    void a_limit_says_which_how_much_and_where() {
        violations.overLimit(EVENT.field("payload"), "max_payload_bytes", 20, 10);

        assertThat(thrown().reason()).isEqualTo(ErrorReason.ERROR_REASON_LIMIT_EXCEEDED);
        assertThat(thrown()).hasMessage("events[2].payload: 20 bytes (expected: at most 10, max_payload_bytes)");
        assertThat(thrown().metadata())
                .containsEntry("limit", "max_payload_bytes")
                .containsEntry("actual", "20")
                .containsEntry("max", "10")
                .containsEntry("field", "events[2].payload");
    }

    @Test
    void a_limit_of_the_whole_request_has_no_field() {
        violations.overLimit(FieldPath.ROOT, "max_append_bytes", 20, 10);

        assertThat(thrown()).hasMessage("request: 20 bytes (expected: at most 10, max_append_bytes)");

        assertThat(thrown().metadata()).doesNotContainKey("field");
    }

    @Test
    void a_time_ahead_says_which_and_how_far_is_allowed() {
        violations.timeAhead(
                EVENT.field("timestamp"), Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));

        assertThat(thrown().reason()).isEqualTo(ErrorReason.ERROR_REASON_TIMESTAMP_AHEAD);
        assertThat(thrown().metadata())
                .containsEntry("field", "events[2].timestamp")
                .containsEntry("timestamp", "2030-01-01T00:00:00Z")
                .containsEntry("max", "2026-01-02T00:00:00Z");
    }

    @Test
    void an_expression_carries_expression_errors() {
        violations.expression(
                FieldPath.ROOT.field("filter").field("expression"),
                new ExpressionError(2, 7, "undefined field 'x'", "event.x\n      ^"));

        assertThat(thrown().reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_EXPRESSION);
        assertThat(thrown()).hasMessage("filter.expression: 2:7: undefined field 'x'");
        assertThat(Answers.detail(answer(), ExpressionErrors.class).getErrors(0))
                .isEqualTo(ExpressionErrors.Error.newBuilder()
                        .setField("filter.expression")
                        .setLine(2)
                        .setColumn(7)
                        .setMessage("undefined field 'x'")
                        .setSnippet("event.x\n      ^")
                        .build());
    }

    @Test
    void the_gravest_gives_the_reason_and_all_are_listed() {
        violations.timeAhead(EVENT.field("timestamp"), Instant.MAX, Instant.EPOCH);
        violations.overLimit(EVENT.field("tags"), "max_tags", 17, 16);
        violations.expression(EVENT, new ExpressionError(1, 1, "no", "^"));
        violations.missing(EVENT.field("action"), "1 to 128 characters");
        violations.overLimit(EVENT.field("metadata"), "max_metadata_entries", 65, 64);

        assertThat(thrown().reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
        assertThat(thrown()).hasMessageContaining("events[2].action: missing").hasMessageEndingWith("(and 4 more)");
        assertThat(Answers.detail(answer(), BadRequest.class).getFieldViolationsList())
                .hasSize(5);
    }

    @Test
    void lists_as_many_as_fit_and_the_total() {
        for (int i = 0; i < 100_000; i++) {
            violations.missing(FieldPath.ROOT.element("events", i).field("producer"), "1 to 256 bytes");
        }

        assertThat(thrown().metadata()).containsEntry("violation_count", "100000");
        assertThat(Answers.details(answer()).getSerializedSize()).isLessThanOrEqualTo(4_096);
        assertThat(Answers.detail(answer(), BadRequest.class).getFieldViolationsCount())
                .isBetween(20, 100);
    }

    @Test
    void cuts_hostile_values_and_paths() {
        violations.malformedText(EVENT.field("x\n".repeat(10_000)), "\u0000\u202e" + "y".repeat(1 << 20), "less");

        assertThat(Answers.details(answer()).getSerializedSize()).isLessThan(2_000);
        assertThat(Answers.detail(answer(), BadRequest.class)
                        .getFieldViolations(0)
                        .getDescription())
                .startsWith("\"??yyy")
                .endsWith("…\" (expected: less)");
    }

    private ApiException thrown() {
        return catchThrowableOfType(ApiException.class, violations::throwIfAny);
    }

    private StatusRuntimeException answer() {
        return new StatusMapper(new Random(1)).toStatus(thrown());
    }
}
