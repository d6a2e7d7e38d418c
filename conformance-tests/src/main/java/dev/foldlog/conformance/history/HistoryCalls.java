package dev.foldlog.conformance.history;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Requests;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.EventStoreGrpc.EventStoreBlockingStub;
import dev.foldlog.v1.GetPartitionRequest;
import dev.foldlog.v1.ReadStreamResponse;
import io.grpc.Channel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** The calls of a history over gRPC. A call that is not answered, or not in time, has an unknown outcome. */
record HistoryCalls(Channel channel) {
    /** Of a hundred calls so many are given up while they are under way. */
    static final int HASTY_PERCENT = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HASTE = Duration.ofNanos(1_500_000);

    /**
     * What came of a call.
     *
     * @param isServerGone whether the server is not there any more
     */
    record Answer(Outcome outcome, boolean isServerGone) {}

    Answer make(Call call, boolean isHasty) {
        EventStoreBlockingStub stub =
                EventStoreGrpc.newBlockingStub(channel).withDeadlineAfter(isHasty ? HASTE : PATIENCE);
        try {
            return new Answer(
                    switch (call) {
                        case Call.Append it -> append(stub, it);
                        case Call.Read it -> read(stub, it);
                        case Call.Last it -> last(stub, it);
                    },
                    false);
        } catch (StatusRuntimeException e) {
            return failed(e);
        }
    }

    private static Outcome append(EventStoreBlockingStub stub, Call.Append call) {
        AppendRequest.Builder request =
                Requests.append(Events.event(call.partition()).setEventId(call.eventId()));
        call.expected().ifPresent(it -> request.addPreconditions(Requests.sequence(call.partition(), it)));
        AppendResponse response = stub.append(request.build());
        return new Outcome.Appended(response.getEvents(0).getSequence(), response.getReplayed());
    }

    private static Outcome read(EventStoreBlockingStub stub, Call.Read call) {
        Iterator<ReadStreamResponse> answers =
                stub.readStream(Requests.readStream(call.partition()).build());
        List<String> ids = new ArrayList<>();
        long last = 0;
        while (answers.hasNext()) {
            ReadStreamResponse answer = answers.next();
            ids.addAll(Events.ids(answer.getEventsList()));
            last = answer.getLastSequence();
        }
        return new Outcome.Events(ids, last);
    }

    private static Outcome last(EventStoreBlockingStub stub, Call.Last call) {
        return new Outcome.LastSequence(stub.getPartition(GetPartitionRequest.newBuilder()
                        .setPartitionKey(call.partition())
                        .build())
                .getPartition()
                .getLastSequence());
    }

    private static Answer failed(StatusRuntimeException failure) {
        Code code = failure.getStatus().getCode();
        return switch (code) {
            case ABORTED -> new Answer(new Outcome.Conflict(actual(failure)), false);
            case UNAVAILABLE -> new Answer(new Outcome.Unknown(), true);
            case DEADLINE_EXCEEDED, CANCELLED, UNKNOWN -> new Answer(new Outcome.Unknown(), false);
            default -> throw failure;
        };
    }

    /** The last sequence that a conflict tells. */
    private static long actual(StatusRuntimeException failure) {
        Status status = Objects.requireNonNull(StatusProto.fromThrowable(failure), "details");
        for (Any detail : status.getDetailsList()) {
            if (detail.is(AppendConflict.class)) {
                try {
                    return detail.unpack(AppendConflict.class).getViolations(0).getActualSequence();
                } catch (InvalidProtocolBufferException e) {
                    throw new IllegalStateException("detail of a conflict (expected: readable)", e);
                }
            }
        }
        throw new IllegalStateException("conflict: no AppendConflict (expected: one)");
    }
}
