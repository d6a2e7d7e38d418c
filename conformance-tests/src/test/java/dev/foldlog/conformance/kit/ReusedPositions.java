package dev.foldlog.conformance.kit;

import com.google.protobuf.Message;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.ReadAllResponse;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** After a refused append the counter of positions is one too low: the next event gets that of the last. */
final class ReusedPositions implements Supplier<Lie> {
    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong firstWrong = new AtomicLong(Long.MAX_VALUE);

    @Override
    public Lie get() {
        return new Lie() {
            @Override
            public List<Message> answer(Message answer) {
                return List.of(
                        switch (answer) {
                            case AppendResponse it -> told(it);
                            case ReadAllResponse it -> told(it);
                            default -> answer;
                        });
            }

            @Override
            public Status end(Status status) {
                if (status.getCode() == Status.Code.ABORTED) {
                    firstWrong.compareAndSet(Long.MAX_VALUE, newest.get() + 1);
                }
                return status;
            }
        };
    }

    private AppendResponse told(AppendResponse answer) {
        newest.accumulateAndGet(answer.getPosition(), Math::max);
        AppendResponse.Builder told = answer.toBuilder().setPosition(told(answer.getPosition()));
        told.getEventsBuilderList().forEach(it -> it.setPosition(told(it.getPosition())));
        return told.build();
    }

    private ReadAllResponse told(ReadAllResponse answer) {
        ReadAllResponse.Builder told = answer.toBuilder();
        told.getEventsBuilderList().forEach(it -> it.setPosition(told(it.getPosition())));
        return told.build();
    }

    private long told(long position) {
        return position >= firstWrong.get() ? position - 1 : position;
    }
}
