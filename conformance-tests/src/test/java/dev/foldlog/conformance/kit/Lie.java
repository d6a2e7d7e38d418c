package dev.foldlog.conformance.kit;

import com.google.protobuf.Message;
import io.grpc.Status;
import java.util.List;
import java.util.function.UnaryOperator;

/** What happens to one call on its way to an honest server and back. Used by one call only. */
interface Lie {
    /** What the server is told instead of the request. */
    default Message request(Message request) {
        return request;
    }

    /** What the client is told instead of a message of the answer. */
    default List<Message> answer(Message answer) {
        return List.of(answer);
    }

    /** With which status the client sees the call end. */
    default Status end(Status status) {
        return status;
    }

    /** A lie about requests of one type. */
    static <R extends Message> Lie about(Class<R> type, UnaryOperator<R> change) {
        return new Lie() {
            @Override
            public Message request(Message request) {
                return type.isInstance(request) ? change.apply(type.cast(request)) : request;
            }
        };
    }

    /** A lie in answers of one type. */
    static <A extends Message> Lie in(Class<A> type, UnaryOperator<A> change) {
        return new Lie() {
            @Override
            public List<Message> answer(Message answer) {
                return List.of(type.isInstance(answer) ? change.apply(type.cast(answer)) : answer);
            }
        };
    }
}
