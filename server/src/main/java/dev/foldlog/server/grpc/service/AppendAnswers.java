package dev.foldlog.server.grpc.service;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendOutcome.CheckpointRefused;
import dev.foldlog.core.append.AppendOutcome.ConditionAhead;
import dev.foldlog.core.append.AppendOutcome.Conflict;
import dev.foldlog.core.append.AppendOutcome.EventIdTaken;
import dev.foldlog.core.append.AppendOutcome.ProjectionFailed;
import dev.foldlog.core.append.AppendOutcome.RequestIdReused;
import dev.foldlog.core.append.AppendOutcome.Valid;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.append.Violation;
import dev.foldlog.server.grpc.codec.ProtoTimes;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.error.ShownText;
import dev.foldlog.server.grpc.validation.FieldPath;
import dev.foldlog.server.grpc.validation.NumberChecks;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.ErrorReason;
import java.util.List;
import java.util.Map;

/** What the outcomes of an append are on the wire. */
final class AppendAnswers {
    /** More never fit into an answer; what is beyond is only counted. */
    private static final int VIOLATIONS_MAX = 200;

    private static final int KEY_CHARS_MAX = 60;
    private static final int ID_CHARS_MAX = 128;

    private AppendAnswers() {}

    /**
     * The response to an append.
     *
     * @throws ApiException when it was refused
     */
    static AppendResponse of(AppendOutcome outcome, Append append) {
        return switch (outcome) {
            case Appended appended -> appended(appended);
            case Valid valid -> AppendResponse.getDefaultInstance();
            case Conflict conflict -> throw conflict(conflict.violations(), append);
            case EventIdTaken taken -> throw taken(taken);
            case RequestIdReused reused ->
                throw ApiException.of(
                        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
                        "request_id was used with other content or another number of events, at position "
                                + reused.position(),
                        "position",
                        reused.position());
            case CheckpointRefused refused ->
                throw CheckpointAnswers.refusal(refused.refused(), pathOf(refused.refused(), append));
            case ProjectionFailed failed ->
                throw ApiException.of(
                        ErrorReason.ERROR_REASON_SYNC_PROJECTION_FAILED,
                        "events[" + failed.eventIndex() + "]: projection " + failed.projection() + " failed: "
                                + failed.message(),
                        "projection",
                        failed.projection(),
                        "event_index",
                        failed.eventIndex(),
                        "message",
                        failed.message());
            case ConditionAhead ahead ->
                throw NumberChecks.ahead(
                        FieldPath.ROOT
                                .element("preconditions", ahead.index())
                                .field("no_events_matching")
                                .field("after_position"),
                        ahead.after(),
                        ahead.head());
        };
    }

    private static AppendResponse appended(Appended appended) {
        AppendResponse.Builder response = AppendResponse.newBuilder().setReplayed(appended.isReplay());
        long last = 0;
        for (dev.foldlog.core.append.AppendedEvent event : appended.events()) {
            last = Math.max(last, event.position().value());
            response.addEvents(AppendedEvent.newBuilder()
                    .setEventId(event.eventId().text())
                    .setPartitionKey(event.partitionKey())
                    .setSequence(event.sequence().value())
                    .setPosition(event.position().value())
                    .setRecordedAt(ProtoTimes.timestamp(event.recordedAt())));
        }
        return response.setPosition(last).build();
    }

    private static ApiException conflict(List<Violation> violations, Append append) {
        AppendConflict.Builder detail = AppendConflict.newBuilder().setViolationCount(violations.size());
        violations.stream().limit(VIOLATIONS_MAX).forEach(it -> detail.addViolations(violation(it)));
        return new ApiException(
                ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT,
                described(violations.getFirst(), append)
                        + (violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)")
                        + "; read again and decide again",
                Map.of("violation_count", Integer.toString(violations.size())),
                List.of(detail.build()));
    }

    /** {@code name: value (expected: …)} of a precondition that does not hold. */
    private static String described(Violation violation, Append append) {
        FieldPath path = FieldPath.ROOT.element("preconditions", violation.index());
        return switch (violation) {
            case Violation.PartitionElsewhere elsewhere ->
                path + ": " + ShownText.quoted(elsewhere.partitionKey(), KEY_CHARS_MAX) + " is at sequence "
                        + elsewhere.actual() + " (expected: " + expected(append, violation.index()) + ')';
            case Violation.EventMatches matches ->
                path + ": the event at position " + matches.position() + " matches (expected: none)";
        };
    }

    private static String expected(Append append, int index) {
        return switch (append.preconditions().get(index)) {
            case Precondition.PartitionAt at -> at.sequence().toString();
            case Precondition.PartitionExists exists -> exists.isPresent() ? "1 or more" : "0";
            case Precondition.NoneMatching _ -> "none";
        };
    }

    private static AppendConflict.Violation violation(Violation violation) {
        AppendConflict.Violation.Builder detail =
                AppendConflict.Violation.newBuilder().setIndex(violation.index());
        return switch (violation) {
            case Violation.PartitionElsewhere elsewhere ->
                detail.setPartitionKey(elsewhere.partitionKey())
                        .setActualSequence(elsewhere.actual().value())
                        .build();
            case Violation.EventMatches matches ->
                detail.setMatchingPosition(matches.position().value()).build();
        };
    }

    private static ApiException taken(EventIdTaken taken) {
        String id = "event_id: " + ShownText.quoted(taken.eventId().toString(), ID_CHARS_MAX)
                + " is stored at position " + taken.position();
        String message =
                taken.isSameContent() ? id + ", but not all events of the append are" : id + " with other content";
        return ApiException.of(
                ErrorReason.ERROR_REASON_EVENT_ID_CONFLICT,
                message,
                "event_id",
                taken.eventId(),
                "position",
                taken.position());
    }

    private static FieldPath pathOf(CheckpointOutcome.Refused refused, Append append) {
        for (int i = 0; i < append.checkpoints().size(); i++) {
            if (append.checkpoints().get(i).name().equals(refused.name())) {
                return FieldPath.ROOT.element("checkpoints", i);
            }
        }
        throw new IllegalStateException("refused a checkpoint that nobody moves: " + refused.name());
    }
}
