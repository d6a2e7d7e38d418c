package dev.foldlog.client.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.error.StatusCodes;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.ExpressionErrors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server's table of errors, walked through the client's and back. */
final class FoldlogExceptionTest {
    private static final Pattern REASON = Pattern.compile("\n  ERROR_REASON_([A-Z_]+) = (\\d+);");

    private final StatusMapper server = new StatusMapper(new Random(1));

    @ParameterizedTest
    @EnumSource(
            value = ErrorReason.class,
            names = {"UNRECOGNIZED", "ERROR_REASON_UNSPECIFIED"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_reason_has_an_exception_of_its_name_with_all_that_the_server_said(ErrorReason reason) {
        FoldlogException thrown = thrown(reason, Map.of("key", "7"));

        assertThat(thrown.getClass().getSimpleName()).isEqualTo(camelCase(reason) + "Exception");
        assertThat(thrown.reason()).isEqualTo(reason);
        assertThat(thrown.reasonName()).isEqualTo(StatusMapper.wireName(reason));
        assertThat(thrown.statusCode()).isEqualTo(StatusCodes.of(reason));
        assertThat(thrown.metadata()).isEqualTo(Map.of("key", "7"));
        assertThat(thrown).hasMessage("why").hasCauseInstanceOf(StatusRuntimeException.class);
    }

    /** The way back: no reason of the file is without an exception, and no exception without a reason. */
    @Test
    void errors_proto_and_the_exceptions_name_the_same_reasons() throws IOException {
        Set<String> documented = new TreeSet<>();
        Matcher matcher = REASON.matcher(errorsProto());
        while (matcher.find()) {
            if (!matcher.group(2).equals("0")) {
                documented.add(matcher.group(1));
            }
        }

        Set<String> thrown = Arrays.stream(ErrorReason.values())
                .filter(it -> it != ErrorReason.UNRECOGNIZED && it != ErrorReason.ERROR_REASON_UNSPECIFIED)
                .map(it -> thrown(it, Map.of()))
                .collect(Collectors.toMap(Object::getClass, FoldlogException::reasonName))
                .values()
                .stream()
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).hasSize(29).isEqualTo(thrown);
    }

    @Test
    void what_may_pass_by_itself_is_what_a_client_may_wait_for() {
        Set<ErrorReason> mayPass = Set.of(
                ErrorReason.ERROR_REASON_OVERLOADED,
                ErrorReason.ERROR_REASON_NOT_READY,
                ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN);
        Set<ErrorReason> inDoubt = Set.of(
                ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN,
                ErrorReason.ERROR_REASON_INTERNAL,
                ErrorReason.ERROR_REASON_UNSPECIFIED);

        for (ErrorReason reason : ErrorReason.values()) {
            if (reason != ErrorReason.UNRECOGNIZED) {
                FoldlogException thrown = thrown(reason, Map.of());
                assertThat(thrown.isTransient()).as(reason.name()).isEqualTo(mayPass.contains(reason));
                assertThat(thrown.isWithoutEffect()).as(reason.name()).isEqualTo(!inDoubt.contains(reason));
            }
        }
    }

    @Test
    void says_when_the_server_wants_it_back() {
        assertThat(thrown(ErrorReason.ERROR_REASON_OVERLOADED, Map.of()).retryDelay())
                .contains(Duration.ofMillis(100));
        assertThat(thrown(ErrorReason.ERROR_REASON_STORAGE_FULL, Map.of()).retryDelay())
                .isEmpty();
    }

    @Test
    void lists_the_violations_of_a_bad_request() {
        InvalidFieldException thrown = (InvalidFieldException) thrown(
                ErrorReason.ERROR_REASON_INVALID_FIELD,
                Map.of("violation_count", "3"),
                BadRequest.newBuilder()
                        .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                                .setField("events[0].action")
                                .setDescription("missing")
                                .setReason("INVALID_FIELD"))
                        .build());

        assertThat(thrown.fieldViolations())
                .containsExactly(new FieldViolation("events[0].action", "missing", "INVALID_FIELD"));
        assertThat(thrown.violationCount()).isEqualTo(3);
    }

    @Test
    void lists_the_violations_of_a_conflict() {
        ConcurrencyConflictException thrown = (ConcurrencyConflictException) thrown(
                ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT,
                Map.of(),
                AppendConflict.newBuilder()
                        .setViolationCount(2)
                        .addViolations(AppendConflict.Violation.newBuilder()
                                .setIndex(1)
                                .setPartitionKey("p")
                                .setActualSequence(4))
                        .build());

        assertThat(thrown.violations()).containsExactly(new ConflictViolation(1, "p", 4, 0));
        assertThat(thrown.violationCount()).isEqualTo(2);
    }

    @Test
    void lists_what_a_compiler_says() {
        InvalidExpressionException thrown = (InvalidExpressionException) thrown(
                ErrorReason.ERROR_REASON_INVALID_EXPRESSION,
                Map.of(),
                ExpressionErrors.newBuilder()
                        .addErrors(ExpressionErrors.Error.newBuilder()
                                .setField("filter.expression")
                                .setLine(1)
                                .setColumn(5)
                                .setMessage("undeclared")
                                .setSnippet("a + b\n    ^"))
                        .build());

        assertThat(thrown.errors())
                .containsExactly(new ExpressionError("filter.expression", 1, 5, "undeclared", "a + b\n    ^"));
    }

    @Test
    void gives_the_facts_of_a_reason_their_types() {
        assertFact(
                ErrorReason.ERROR_REASON_LIMIT_EXCEEDED,
                "limit",
                "max_append_events",
                it -> ((LimitExceededException) it).limit());
        assertFact(
                ErrorReason.ERROR_REASON_LIMIT_EXCEEDED,
                "actual",
                1_001L,
                it -> ((LimitExceededException) it).actual());
        assertFact(ErrorReason.ERROR_REASON_LIMIT_EXCEEDED, "max", 1_000L, it -> ((LimitExceededException) it).max());
        assertFact(
                ErrorReason.ERROR_REASON_LIMIT_EXCEEDED,
                "field",
                "events",
                it -> ((LimitExceededException) it).field());
        assertFact(
                ErrorReason.ERROR_REASON_EVENT_ID_CONFLICT,
                "event_id",
                "e",
                it -> ((EventIdConflictException) it).eventId());
        assertFact(
                ErrorReason.ERROR_REASON_EVENT_ID_CONFLICT,
                "position",
                7L,
                it -> ((EventIdConflictException) it).position());
        assertFact(
                ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
                "position",
                7L,
                it -> ((RequestIdReusedException) it).position());
        assertFact(
                ErrorReason.ERROR_REASON_SYNC_PROJECTION_FAILED,
                "projection",
                "p",
                it -> ((SyncProjectionFailedException) it).projection());
        assertFact(
                ErrorReason.ERROR_REASON_SYNC_PROJECTION_FAILED,
                "event_index",
                2L,
                it -> ((SyncProjectionFailedException) it).eventIndex());
        assertFact(
                ErrorReason.ERROR_REASON_SYNC_PROJECTION_FAILED,
                "message",
                "m",
                it -> ((SyncProjectionFailedException) it).projectionMessage());
        assertFact(ErrorReason.ERROR_REASON_POSITION_AHEAD, "field", "f", it -> ((PositionAheadException) it).field());
        assertFact(
                ErrorReason.ERROR_REASON_POSITION_AHEAD,
                "position",
                9L,
                it -> ((PositionAheadException) it).position());
        assertFact(
                ErrorReason.ERROR_REASON_POSITION_AHEAD,
                "head_position",
                8L,
                it -> ((PositionAheadException) it).headPosition());
        assertFact(
                ErrorReason.ERROR_REASON_RETENTION_GAP,
                "oldest_position",
                8L,
                it -> ((RetentionGapException) it).oldestPosition());
        assertFact(
                ErrorReason.ERROR_REASON_CHECKPOINT_WENT_BACK,
                "checkpoint",
                "c",
                it -> ((CheckpointWentBackException) it).checkpoint());
        assertFact(
                ErrorReason.ERROR_REASON_CHECKPOINT_WENT_BACK,
                "position",
                1L,
                it -> ((CheckpointWentBackException) it).position());
        assertFact(
                ErrorReason.ERROR_REASON_CHECKPOINT_WENT_BACK,
                "current_position",
                2L,
                it -> ((CheckpointWentBackException) it).currentPosition());
        assertFact(
                ErrorReason.ERROR_REASON_CHECKPOINT_MOVED,
                "checkpoint",
                "c",
                it -> ((CheckpointMovedException) it).checkpoint());
        assertFact(
                ErrorReason.ERROR_REASON_CHECKPOINT_MOVED,
                "expected_position",
                1L,
                it -> ((CheckpointMovedException) it).expectedPosition());
        assertFact(
                ErrorReason.ERROR_REASON_CHECKPOINT_MOVED,
                "current_position",
                2L,
                it -> ((CheckpointMovedException) it).currentPosition());
        assertFact(
                ErrorReason.ERROR_REASON_EVENT_UNREADABLE,
                "position",
                2L,
                it -> ((EventUnreadableException) it).position());
        assertFact(
                ErrorReason.ERROR_REASON_EVENT_UNREADABLE,
                "event_id",
                "e",
                it -> ((EventUnreadableException) it).eventId());
        assertFact(
                ErrorReason.ERROR_REASON_FEATURE_UNSUPPORTED,
                "feature",
                "filter.expression",
                it -> ((FeatureUnsupportedException) it).feature());
        assertFact(
                ErrorReason.ERROR_REASON_TIMESTAMP_AHEAD, "field", "f", it -> ((TimestampAheadException) it).field());
        assertFact(
                ErrorReason.ERROR_REASON_TIMESTAMP_AHEAD,
                "timestamp",
                "t",
                it -> ((TimestampAheadException) it).timestamp());
        assertFact(ErrorReason.ERROR_REASON_TIMESTAMP_AHEAD, "max", "t", it -> ((TimestampAheadException) it).max());
    }

    private void assertFact(ErrorReason reason, String key, Object value, Function<FoldlogException, Object> fact) {
        FoldlogException thrown = thrown(reason, Map.of(key, String.valueOf(value)));
        assertThat(fact.apply(thrown)).as("%s.%s", reason, key).isEqualTo(value);
    }

    @Test
    void names_the_incident_of_a_defect() {
        FoldlogException thrown = FoldlogException.of(server.toStatus(new ApiException(
                ErrorReason.ERROR_REASON_INTERNAL,
                "internal error",
                Map.of(),
                List.of(RequestInfo.newBuilder().setRequestId("00ff").build()))));

        assertThat(((InternalErrorException) thrown).incidentId()).isEqualTo("00ff");
    }

    @Test
    void a_reason_of_a_newer_server_is_still_a_foldlog_exception() {
        FoldlogException thrown = FoldlogException.of(answer("foldlog.dev", "TOO_MANY_MOONS"));

        assertThat(thrown).isInstanceOf(UnknownReasonException.class);
        assertThat(thrown.reason()).isEqualTo(ErrorReason.UNRECOGNIZED);
        assertThat(thrown.reasonName()).isEqualTo("TOO_MANY_MOONS");
        assertThat(thrown.isWithoutEffect()).isFalse();
    }

    @Test
    void an_error_that_is_not_the_servers_own_is_the_transports() {
        assertThat(FoldlogException.of(answer("other.dev", "STORE_MISMATCH"))).isInstanceOf(TransportException.class);
        assertThat(FoldlogException.of(new IllegalStateException("broken"))).isInstanceOf(TransportException.class);
        FoldlogException thrown = FoldlogException.of(Status.UNAVAILABLE.asRuntimeException());
        assertThat(thrown.reason()).isEqualTo(ErrorReason.ERROR_REASON_UNSPECIFIED);
        assertThat(thrown.isTransient()).isTrue();
        assertThat(thrown.isWithoutEffect()).isFalse();
    }

    private FoldlogException thrown(ErrorReason reason, Map<String, String> metadata, Message... details) {
        return FoldlogException.of(server.toStatus(new ApiException(reason, "why", metadata, List.of(details))));
    }

    private static StatusRuntimeException answer(String domain, String reason) {
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.FAILED_PRECONDITION.value())
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain(domain)
                        .setReason(reason)
                        .build()))
                .build());
    }

    /** INTERNAL is InternalError in Java: an exception that is only internal would say nothing. */
    private static String camelCase(ErrorReason reason) {
        String name = Arrays.stream(StatusMapper.wireName(reason).split("_"))
                .map(it -> it.charAt(0) + it.substring(1).toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining());
        return reason == ErrorReason.ERROR_REASON_INTERNAL ? "InternalError" : name;
    }

    private static String errorsProto() throws IOException {
        try (InputStream file = ErrorReason.class.getResourceAsStream("/foldlog/v1/errors.proto")) {
            assertThat(file).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
