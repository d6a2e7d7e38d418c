package dev.foldlog.conformance.shared;

import com.google.protobuf.Message;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.EventBatch;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.Precondition;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllRequest.StartCase;
import dev.foldlog.v1.SubscribeAllResponse;
import java.util.List;
import java.util.Optional;

/**
 * A view applied to one call. What is older than the view is left out only where the request could not be
 * put so that the server leaves it out: reads backward, and subscriptions from a time or a checkpoint. Not
 * thread-safe: the messages of one call come one after the other.
 */
final class CallView {
    private final StoreView view;
    private boolean isCutting;
    private boolean hasDelivered;
    private boolean isOver;

    CallView(StoreView view) {
        this.view = view;
    }

    /** The request as it goes to the server. */
    Message request(Message request) {
        return switch (request) {
            case AppendRequest it -> append(it);
            case ReadAllRequest it -> readAll(it);
            case SubscribeAllRequest it -> subscribe(it);
            case ListPartitionsRequest it ->
                it.toBuilder().setPrefix(view.prefix() + it.getPrefix()).build();
            default -> view.toWire(request);
        };
    }

    /** The answer as the test sees it, if it sees it at all. */
    Optional<Message> answer(Message answer) {
        Optional<Message> seen = isCutting ? cut(answer) : Optional.of(view.toSeen(answer));
        hasDelivered |= seen.isPresent();
        return seen;
    }

    /** Whether what follows is older than the view, so that the test has seen everything. */
    boolean isOver() {
        return isOver;
    }

    private AppendRequest append(AppendRequest request) {
        AppendRequest.Builder wire = view.toWire(request).toBuilder();
        wire.getPreconditionsBuilderList().stream()
                .filter(Precondition.Builder::hasNoEventsMatching)
                .map(Precondition.Builder::getNoEventsMatchingBuilder)
                .filter(it -> it.getAfterPosition() == 0)
                .forEach(it -> it.setAfterPosition(view.origin()));
        return wire.build();
    }

    private ReadAllRequest readAll(ReadAllRequest request) {
        isCutting = request.getDirection() == Direction.DIRECTION_BACKWARD;
        ReadAllRequest wire = view.toWire(request);
        return isCutting || request.getAfterPosition() != 0
                ? wire
                : wire.toBuilder().setAfterPosition(view.origin()).build();
    }

    private SubscribeAllRequest subscribe(SubscribeAllRequest request) {
        SubscribeAllRequest wire = view.toWire(request);
        isCutting =
                request.getStartCase() == StartCase.RECORDED_SINCE || request.getStartCase() == StartCase.CHECKPOINT;
        boolean isFromBeginning = request.getStartCase() == StartCase.START_NOT_SET
                || (request.getStartCase() == StartCase.AFTER_POSITION && request.getAfterPosition() == 0)
                || (request.getStartCase() == StartCase.LIVE_ONLY && !request.getLiveOnly());
        return isFromBeginning
                ? wire.toBuilder().setAfterPosition(view.origin()).build()
                : wire;
    }

    private Optional<Message> cut(Message answer) {
        return switch (answer) {
            case ReadAllResponse it -> cutRead(it);
            case SubscribeAllResponse it when it.hasBatch() -> cutBatch(it);
            default -> Optional.of(view.toSeen(answer));
        };
    }

    private Optional<Message> cutRead(ReadAllResponse answer) {
        List<RecordedEvent> own = own(answer.getEventsList());
        isOver = own.size() < answer.getEventsCount() || answer.getScannedPosition() <= view.origin();
        ReadAllResponse.Builder seen =
                view.toSeen(answer.toBuilder().clearEvents().addAllEvents(own).build()).toBuilder();
        if (isOver) {
            // Where a read of a whole log backward ends: at its first position, if there is one.
            seen.setScannedPosition(Math.min(1, seen.getAsOfPosition()));
        }
        return own.isEmpty() && hasDelivered && answer.getEventsCount() > 0
                ? Optional.empty()
                : Optional.of(seen.build());
    }

    private Optional<Message> cutBatch(SubscribeAllResponse answer) {
        List<RecordedEvent> own = own(answer.getBatch().getEventsList());
        return own.isEmpty() && answer.getBatch().getEventsCount() > 0
                ? Optional.empty()
                : Optional.of(view.toSeen(answer.toBuilder()
                        .setBatch(EventBatch.newBuilder().addAllEvents(own))
                        .build()));
    }

    private List<RecordedEvent> own(List<RecordedEvent> events) {
        return events.stream().filter(it -> it.getPosition() > view.origin()).toList();
    }
}
