package dev.foldlog.scenarios;

import io.grpc.StatusRuntimeException;
import java.util.List;

/** What happens to one call instead of its being handed to the real server and back. */
sealed interface Fault {
    /** The real server does it; every connection breaks when it has answered so many messages and has another. */
    record Cut(int messages) implements Fault {}

    /** The real server never sees it: this is the answer. */
    record Failed(StatusRuntimeException failure) implements Fault {}

    /**
     * The real server never sees it: these encoded messages are the answer.
     *
     * @param isLeftOpen whether the call then goes on without a further message
     */
    record Answered(List<byte[]> messages, boolean isLeftOpen) implements Fault {}

    /** Nobody ever answers it. */
    record Held() implements Fault {}
}
