package dev.foldlog.server.grpc.validation;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.server.Limits;
import dev.foldlog.v1.AppendRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges an AppendRequest and makes the store's own of it: every field checked, ids filled in, events
 * encoded. Thread-safe. Work is linear in the size of the request, which is bounded first.
 */
public final class AppendValidator {
    private static final int PRECONDITIONS_MAX = 1_000;
    private static final int CHECKPOINTS_MAX = 16;

    private final Limits limits;
    private final EventIds ids;
    private final InstantSource clock;
    private final PayloadValidator payloads;
    private final PreconditionValidator conditions;

    public AppendValidator(Limits limits, EventIds ids, InstantSource clock, FilterExpressions expressions) {
        this.limits = requireNonNull(limits, "limits");
        this.ids = requireNonNull(ids, "ids");
        this.clock = requireNonNull(clock, "clock");
        this.payloads = new PayloadValidator(limits.payloadBytesMax());
        this.conditions = new PreconditionValidator(new FilterValidator(expressions));
    }

    /** Whether there is an expression to compile, which is not done on an event loop. */
    public static boolean hasExpression(AppendRequest request) {
        return expressionCount(request) > 0;
    }

    private static int expressionCount(AppendRequest request) {
        return request.getPreconditionsList().stream()
                .mapToInt(it ->
                        FilterValidator.expressionCount(it.getNoEventsMatching().getFilter()))
                .sum();
    }

    /**
     * The append that the request asks for.
     *
     * @throws dev.foldlog.server.grpc.error.ApiException with all violations, when there are any
     */
    public Append validate(AppendRequest request) {
        Violations violations = new Violations();
        checkSizes(request, violations);
        violations.throwIfAny();
        List<NewEvent> events = events(request, violations);
        List<Precondition> preconditions = preconditions(request, violations);
        List<CheckpointMove> checkpoints = CheckpointValidator.validate(request.getCheckpointsList(), violations);
        violations.throwIfAny();
        return new Append(events, preconditions, checkpoints, request.getValidateOnly());
    }

    /** What bounds the work of all further checks. */
    private void checkSizes(AppendRequest request, Violations violations) {
        atMost(request.getSerializedSize(), limits.appendBytesMax(), "bytes", FieldPath.ROOT, violations);
        count(request.getEventsCount(), limits.appendEventsMax(), "events", violations);
        count(request.getPreconditionsCount(), PRECONDITIONS_MAX, "preconditions", violations);
        count(request.getCheckpointsCount(), CHECKPOINTS_MAX, "checkpoints", violations);
        FilterValidator.checkExpressionCount(
                expressionCount(request), FieldPath.ROOT.field("preconditions"), violations);
        if (request.getEventsCount() == 0) {
            violations.missing(FieldPath.ROOT.field("events"), "1 to " + limits.appendEventsMax() + " events");
        }
    }

    private static void count(int actual, int max, String field, Violations violations) {
        atMost(actual, max, field, FieldPath.ROOT.field(field), violations);
    }

    private static void atMost(int actual, int max, String limit, FieldPath path, Violations violations) {
        if (actual > max) {
            violations.overLimit(path, "max_append_" + limit, actual, max);
        }
    }

    private List<NewEvent> events(AppendRequest request, Violations violations) {
        ProposedIds proposedIds = new ProposedIds(request.getRequestId(), ids, violations);
        NewEventValidator validator = new NewEventValidator(
                payloads, TimeChecks.latest(clock.instant(), limits.timestampAheadMax()), violations);
        List<NewEvent> events = new ArrayList<>(request.getEventsCount());
        for (int i = 0; i < request.getEventsCount(); i++) {
            FieldPath path = FieldPath.ROOT.element("events", i);
            dev.foldlog.v1.NewEvent proposed = request.getEvents(i);
            NewEvent event =
                    validator.validate(proposed, proposedIds.id(proposed, i, path), proposedIds.origin(proposed), path);
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private List<Precondition> preconditions(AppendRequest request, Violations violations) {
        List<Precondition> preconditions = new ArrayList<>(request.getPreconditionsCount());
        for (int i = 0; i < request.getPreconditionsCount(); i++) {
            Precondition precondition = conditions.validate(
                    request.getPreconditions(i), FieldPath.ROOT.element("preconditions", i), violations);
            if (precondition != null) {
                preconditions.add(precondition);
            }
        }
        return preconditions;
    }
}
