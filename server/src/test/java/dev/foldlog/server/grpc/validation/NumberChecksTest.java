package dev.foldlog.server.grpc.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldlog.core.event.Position;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.PayloadForm;
import dev.foldlog.v1.ReadOptions;
import org.junit.jupiter.api.Test;

final class NumberChecksTest {
    private static final FieldPath FIELD = FieldPath.ROOT.field("after_position");

    @Test
    void refuses_negative_numbers() {
        Judged.by(it -> NumberChecks.notNegative(0, FIELD, it)).isAccepted();
        Judged.by(it -> NumberChecks.notNegative(Long.MAX_VALUE, FIELD, it)).isAccepted();
        assertThat(Judged.by(it -> NumberChecks.notNegative(-1, FIELD, it)).isMalformed("after_position"))
                .hasMessage("after_position: -1 (expected: 0 or more)");
    }

    @Test
    void refuses_enum_values_of_newer_clients_by_number() {
        Judged.by(it -> NumberChecks.known(Direction.DIRECTION_BACKWARD, 2, FIELD, it))
                .isAccepted();
        assertThat(Judged.by(it -> NumberChecks.known(Direction.UNRECOGNIZED, 9, FIELD, it))
                        .isMalformed("after_position"))
                .hasMessageContaining("9");
    }

    @Test
    void a_page_has_100_unless_asked_and_1000_at_most() {
        Violations violations = new Violations();

        assertThat(NumberChecks.pageSize(0, FIELD, violations)).isEqualTo(100);
        assertThat(NumberChecks.pageSize(7, FIELD, violations)).isEqualTo(7);
        assertThat(NumberChecks.pageSize(Integer.MAX_VALUE, FIELD, violations)).isEqualTo(1_000);
        assertThat(violations.isEmpty()).isTrue();
        Judged.by(it -> NumberChecks.pageSize(-1, FIELD, it)).isMalformed("after_position");
    }

    @Test
    void a_position_may_be_the_head_and_not_past_it() {
        assertThatCode(() -> NumberChecks.requireNotAhead(FIELD, new Position(5), new Position(5)))
                .doesNotThrowAnyException();

        ApiException ahead = catchThrowableOfType(
                ApiException.class, () -> NumberChecks.requireNotAhead(FIELD, new Position(6), new Position(5)));
        assertThat(ahead.reason()).isEqualTo(ErrorReason.ERROR_REASON_POSITION_AHEAD);
        assertThat(ahead.metadata())
                .containsEntry("field", "after_position")
                .containsEntry("position", "6")
                .containsEntry("head_position", "5");
    }

    @Test
    void a_snapshot_is_the_head_unless_asked() {
        assertThat(NumberChecks.asOf(FIELD, Position.NONE, new Position(5))).isEqualTo(new Position(5));
        assertThat(NumberChecks.asOf(FIELD, new Position(3), new Position(5))).isEqualTo(new Position(3));
        assertThat(catchThrowableOfType(
                        ApiException.class, () -> NumberChecks.asOf(FIELD, new Position(6), new Position(5))))
                .isNotNull();
    }

    @Test
    void judges_read_options() {
        judged(ReadOptions.getDefaultInstance()).isAccepted();
        judged(ReadOptions.newBuilder()
                        .setPayloadForm(PayloadForm.PAYLOAD_FORM_STRUCT)
                        .setHeadersOnly(true)
                        .setMaxBatchEvents(7)
                        .build())
                .isAccepted();
        judged(ReadOptions.newBuilder().setPayloadFormValue(3).build()).isMalformed("options.payload_form");
        judged(ReadOptions.newBuilder().setMaxBatchEvents(-1).build()).isMalformed("options.max_batch_events");
    }

    private static Judged judged(ReadOptions options) {
        return Judged.by(it -> ReadOptionsValidator.validate(options, FieldPath.ROOT.field("options"), it));
    }
}
