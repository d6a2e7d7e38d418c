package dev.foldlog.conformance.kit;

import com.google.protobuf.Message;
import dev.foldlog.v1.SubscribeAllResponse;
import java.util.List;

/** Lies of subscriptions. */
final class SubscriptionLies {
    private SubscriptionLies() {}

    /** Each batch comes twice, as after a reconnection that goes back. */
    static final class Twice implements Lie {
        private boolean isNext;

        @Override
        public List<Message> answer(Message answer) {
            if (!(answer instanceof SubscribeAllResponse message) || !message.hasBatch()) {
                return List.of(answer);
            }
            isNext = !isNext;
            SubscribeAllResponse doubled = message.toBuilder()
                    .setBatch(message.getBatch().toBuilder()
                            .addAllEvents(message.getBatch().getEventsList()))
                    .build();
            return List.of(isNext ? doubled : message);
        }
    }

    /** The first event after the turn to live is lost. */
    static final class WithoutFirstLive implements Lie {
        private boolean isTurning;

        @Override
        public List<Message> answer(Message answer) {
            if (!(answer instanceof SubscribeAllResponse message)) {
                return List.of(answer);
            }
            if (message.hasCaughtUp()) {
                isTurning = true;
            } else if (isTurning && message.hasBatch()) {
                isTurning = false;
                SubscribeAllResponse.Builder rest = message.toBuilder();
                if (rest.getBatchBuilder().removeEvents(0).getEventsCount() == 0) {
                    rest.clearBatch();
                }
                return List.of(rest.build());
            }
            return List.of(answer);
        }
    }
}
