package dev.foldlog.conformance.kit;

import com.google.protobuf.Message;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Precondition;
import java.util.List;
import java.util.function.Consumer;

/** Lies of appends. */
final class AppendLies {
    private AppendLies() {}

    /** The last event of several is answered as stored, but it is not. */
    static final class WithoutLast implements Lie {
        private boolean isCut;

        @Override
        public Message request(Message request) {
            if (!(request instanceof AppendRequest append) || append.getEventsCount() < 2) {
                return request;
            }
            isCut = true;
            return append.toBuilder().removeEvents(append.getEventsCount() - 1).build();
        }

        @Override
        public List<Message> answer(Message answer) {
            if (!isCut || !(answer instanceof AppendResponse response) || response.getEventsCount() == 0) {
                return List.of(answer);
            }
            AppendedEvent last = response.getEvents(response.getEventsCount() - 1);
            return List.of(response.toBuilder()
                    .addEvents(
                            last.toBuilder().setPosition(last.getPosition() + 1).setSequence(last.getSequence() + 1))
                    .setPosition(last.getPosition() + 1)
                    .build());
        }
    }

    static AppendRequest withEvents(AppendRequest request, Consumer<NewEvent.Builder> change) {
        AppendRequest.Builder changed = request.toBuilder();
        changed.getEventsBuilderList().forEach(change);
        return changed.build();
    }

    static AppendRequest withFewerTagsInConditions(AppendRequest request) {
        AppendRequest.Builder changed = request.toBuilder();
        for (Precondition.Builder condition : changed.getPreconditionsBuilderList()) {
            if (condition.hasNoEventsMatching()) {
                EventFilter.Builder filter =
                        condition.getNoEventsMatchingBuilder().getFilterBuilder();
                List<String> tags = List.copyOf(filter.getTagsList());
                if (tags.size() > 1) {
                    filter.clearTags().addAllTags(tags.subList(0, tags.size() - 1));
                }
            }
        }
        return changed.build();
    }

    /** Conditions on scores look at events that have one only. */
    static AppendRequest withConditionsThatPassOverFailures(AppendRequest request) {
        AppendRequest.Builder changed = request.toBuilder();
        for (Precondition.Builder condition : changed.getPreconditionsBuilderList()) {
            if (condition.hasNoEventsMatching()) {
                EventFilter.Builder filter =
                        condition.getNoEventsMatchingBuilder().getFilterBuilder();
                filter.setExpression("has(event.payload.score) && (" + filter.getExpression() + ')');
            }
        }
        return changed.build();
    }

    static AppendRequest withoutExpectedPositions(AppendRequest request) {
        AppendRequest.Builder changed = request.toBuilder();
        changed.getCheckpointsBuilderList().forEach(CheckpointUpdate.Builder::clearExpectedPosition);
        return changed.build();
    }

    /** The events that are over the limit are dropped without a word. */
    static AppendRequest cutToLimits(AppendRequest request) {
        return request.getEventsCount() <= 1_000
                ? request
                : request.toBuilder()
                        .clearEvents()
                        .addAllEvents(request.getEventsList().subList(0, 1_000))
                        .build();
    }

    static AppendResponse movedIfReplayed(AppendResponse response) {
        if (!response.getReplayed()) {
            return response;
        }
        AppendResponse.Builder moved = response.toBuilder().clearReplayed().setPosition(response.getPosition() + 10);
        moved.getEventsBuilderList().forEach(it -> it.setPosition(it.getPosition() + 10));
        return moved.build();
    }
}
