package dev.foldlog.server.grpc.error;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.store.CorruptionException;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.ErrorReason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

final class StatusMapperTest {
    private static final String SECRET = "SELECT x FROM events at /var/data/foldlog.db";

    private final StatusMapper mapper = new StatusMapper(new Random(1));
    private final Logger logger = (Logger) LoggerFactory.getLogger(StatusMapper.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
    }

    @ParameterizedTest
    @EnumSource(value = ErrorReason.class, names = "UNRECOGNIZED", mode = EnumSource.Mode.EXCLUDE)
    void every_reason_travels_with_its_status_and_domain(ErrorReason reason) {
        StatusRuntimeException answer = mapper.toStatus(ApiException.of(reason, "why", "key", 7));

        assertThat(answer.getStatus().getCode()).isEqualTo(StatusCodes.of(reason));
        assertThat(answer.getStatus().getDescription()).isEqualTo("why");
        assertThat(Answers.info(answer).getReason()).isEqualTo(reason.name().replaceFirst("^ERROR_REASON_", ""));
        assertThat(Answers.info(answer).getDomain()).isEqualTo("foldlog.dev");
        assertThat(Answers.info(answer).getMetadataMap()).containsExactly(Map.entry("key", "7"));
        assertThat(logged.list).isEmpty();
    }

    @Test
    void damage_of_one_place_is_logged_once_however_often_it_is_met() {
        for (int i = 0; i < 100; i++) {
            mapper.toStatus(new CorruptionException(new Position(7), "checksum"));
            mapper.toStatus(new StoreException(ErrorCode.CORRUPT, "checksum of the newest event"));
        }
        mapper.toStatus(new CorruptionException(new Position(8), "checksum"));

        assertThat(logged.list).hasSize(3);
    }

    @Test
    void an_overloaded_read_is_not_told_of_appends() {
        StatusRuntimeException answer = mapper.toStatus(new StoreException(ErrorCode.OVERLOADED, "no connection free"));

        assertThat(answer.getStatus().getDescription()).doesNotContain("append").contains("try again");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void no_failure_of_the_store_shows_what_the_store_said(ErrorCode code) {
        StatusRuntimeException answer =
                mapper.toStatus(new StoreException(code, SECRET, new IllegalStateException(SECRET)));

        assertThat(new String(Answers.details(answer).toByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain("SELECT", "/var");
        assertThat(answer.getStatus().getDescription()).doesNotContain("SELECT", "/var");
    }

    @Test
    void failures_of_the_store_have_their_reasons() {
        assertReason(ErrorCode.OVERLOADED, "OVERLOADED", Status.Code.RESOURCE_EXHAUSTED);
        assertReason(ErrorCode.STORAGE_FULL, "STORAGE_FULL", Status.Code.RESOURCE_EXHAUSTED);
        assertReason(ErrorCode.OUTCOME_UNKNOWN, "OUTCOME_UNKNOWN", Status.Code.UNAVAILABLE);
        assertReason(ErrorCode.UNAVAILABLE, "NOT_READY", Status.Code.UNAVAILABLE);
        assertReason(ErrorCode.CORRUPT, "EVENT_UNREADABLE", Status.Code.DATA_LOSS);
        assertReason(ErrorCode.DEFECT, "INTERNAL", Status.Code.INTERNAL);
    }

    private void assertReason(ErrorCode code, String reason, Status.Code status) {
        StatusRuntimeException answer = mapper.toStatus(new StoreException(code, SECRET));
        assertThat(Answers.info(answer).getReason()).isEqualTo(reason);
        assertThat(answer.getStatus().getCode()).isEqualTo(status);
    }

    @Test
    void says_when_to_come_back() {
        StatusRuntimeException overloaded = mapper.toStatus(new StoreException(ErrorCode.OVERLOADED, "full"));
        StatusRuntimeException subscriptions =
                mapper.toStatus(ApiException.of(ErrorReason.ERROR_REASON_OVERLOADED, "full"));
        StatusRuntimeException notReady = mapper.toStatus(new StoreException(ErrorCode.UNAVAILABLE, "closed"));

        for (StatusRuntimeException answer : List.of(overloaded, subscriptions, notReady)) {
            assertThat(Answers.detail(answer, RetryInfo.class).getRetryDelay())
                    .isNotEqualTo(Duration.getDefaultInstance());
        }
    }

    @Test
    void names_the_position_of_a_damaged_event_and_logs_it() {
        StatusRuntimeException answer = mapper.toStatus(new CorruptionException(new Position(42), SECRET));

        assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
        assertThat(Answers.info(answer).getMetadataOrThrow("position")).isEqualTo("42");
        assertThat(logged.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("42"));
    }

    @Test
    void a_defect_is_logged_once_with_its_trace_under_the_incident_that_the_answer_names() {
        StatusRuntimeException answer = mapper.toStatus(new IllegalStateException(SECRET));

        String incident = Answers.detail(answer, RequestInfo.class).getRequestId();
        assertThat(incident).matches("[0-9a-f]{16}");
        assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(new String(Answers.details(answer).toByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain("SELECT", "Exception");
        assertThat(logged.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage()).contains(incident);
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo(SECRET);
        });
    }

    @Test
    void two_defects_have_two_incidents() {
        StatusRuntimeException first = mapper.toStatus(new IllegalStateException("a"));
        StatusRuntimeException second = mapper.toStatus(new IllegalStateException("a"));

        assertThat(Answers.detail(first, RequestInfo.class)).isNotEqualTo(Answers.detail(second, RequestInfo.class));
    }

    @Test
    void looks_through_the_wrappers_of_futures() {
        ApiException inner = ApiException.of(ErrorReason.ERROR_REASON_STORE_MISMATCH, "other store");

        StatusRuntimeException answer =
                mapper.toStatus(new ExecutionException(new CompletionException(new CompletionException(inner))));

        assertThat(Answers.info(answer).getReason()).isEqualTo("STORE_MISMATCH");
    }

    @Test
    void keeps_an_answer_that_is_one_already_and_hides_any_other_status() {
        StatusRuntimeException answer =
                mapper.toStatus(ApiException.of(ErrorReason.ERROR_REASON_STORE_MISMATCH, "other store"));

        assertThat(mapper.toStatus(answer)).isSameAs(answer);
        assertThat(Answers.info(mapper.toStatus(Status.UNKNOWN.asRuntimeException()))
                        .getReason())
                .isEqualTo("INTERNAL");
    }

    @Test
    void cuts_a_long_list_to_what_fits_and_keeps_its_count() {
        AppendConflict.Builder conflict = AppendConflict.newBuilder().setViolationCount(1_000);
        IntStream.range(0, 1_000)
                .forEach(i -> conflict.addViolationsBuilder().setIndex(i).setPartitionKey("p".repeat(500)));

        StatusRuntimeException answer = mapper.toStatus(new ApiException(
                ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT, "conflict", Map.of(), List.of(conflict.build())));

        AppendConflict cut = Answers.detail(answer, AppendConflict.class);
        assertThat(cut.getViolationCount()).isEqualTo(1_000);
        assertThat(cut.getViolationsList())
                .hasSizeBetween(5, 8)
                .isEqualTo(conflict.getViolationsList().subList(0, cut.getViolationsCount()));
        assertThat(Answers.details(answer).getSerializedSize()).isLessThanOrEqualTo(4_096);
    }

    @Test
    void drops_a_detail_of_which_nothing_fits() {
        BadRequest huge = BadRequest.newBuilder()
                .addFieldViolations(BadRequest.FieldViolation.newBuilder().setDescription("x".repeat(5_000)))
                .build();

        StatusRuntimeException answer = mapper.toStatus(
                new ApiException(ErrorReason.ERROR_REASON_INVALID_FIELD, "bad", Map.of(), List.of(huge)));

        assertThat(Answers.details(answer).getDetailsList()).hasSize(1);
        assertThat(Answers.info(answer).getReason()).isEqualTo("INVALID_FIELD");
    }

    @Test
    void stays_under_4_KiB_whatever_the_texts_are() {
        String hostile = "\u20ac".repeat(100_000);
        Map<String, String> metadata = new HashMap<>();
        IntStream.range(0, 50).forEach(i -> metadata.put("key" + i, hostile));

        StatusRuntimeException answer =
                mapper.toStatus(new ApiException(ErrorReason.ERROR_REASON_INVALID_FIELD, hostile, metadata, List.of()));

        assertThat(Answers.details(answer).getSerializedSize()).isLessThanOrEqualTo(4_096);
    }
}
