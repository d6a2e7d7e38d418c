package dev.foldlog.conformance.kit;

import com.google.protobuf.Message;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The classic hole of sequences: an event is not there yet when a later one is read for the first time. */
final class LateEvents implements Supplier<Lie> {
    private final Set<Long> shown = ConcurrentHashMap.newKeySet();

    @Override
    public Lie get() {
        return new Lie() {
            @Override
            public List<Message> answer(Message answer) {
                return List.of(answer instanceof ReadAllResponse it ? withoutOneSeenFirst(it) : answer);
            }
        };
    }

    private ReadAllResponse withoutOneSeenFirst(ReadAllResponse answer) {
        List<RecordedEvent> events = answer.getEventsList();
        int hidden = events.size() - 2;
        if (hidden < 0 || !shown.add(events.get(hidden).getPosition())) {
            return answer;
        }
        return answer.toBuilder().removeEvents(hidden).build();
    }
}
