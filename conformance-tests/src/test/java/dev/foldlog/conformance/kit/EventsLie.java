package dev.foldlog.conformance.kit;

import com.google.protobuf.Message;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.ReadStreamSinceResponse;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;
import java.util.function.UnaryOperator;

/** A lie about the events of each message of a read. */
record EventsLie(UnaryOperator<List<RecordedEvent>> change) implements Lie {
    @Override
    public List<Message> answer(Message answer) {
        return List.of(
                switch (answer) {
                    case ReadAllResponse it ->
                        it.toBuilder()
                                .clearEvents()
                                .addAllEvents(change.apply(it.getEventsList()))
                                .build();
                    case ReadStreamResponse it ->
                        it.toBuilder()
                                .clearEvents()
                                .addAllEvents(change.apply(it.getEventsList()))
                                .build();
                    case ReadStreamSinceResponse it ->
                        it.toBuilder()
                                .clearEvents()
                                .addAllEvents(change.apply(it.getEventsList()))
                                .build();
                    default -> answer;
                });
    }
}
