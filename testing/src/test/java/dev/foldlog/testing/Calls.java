package dev.foldlog.testing;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.EventStoreGrpc.EventStoreBlockingStub;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.ReadAllRequest;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The few calls that these tests make, each with a deadline. */
final class Calls {
    private static final long ANSWER_SECONDS_MAX = 30;

    private Calls() {}

    static EventStoreBlockingStub on(Channel channel) {
        return EventStoreGrpc.newBlockingStub(channel).withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    static AppendResponse append(Channel channel, String artifactId) {
        NewEvent event = NewEvent.newBuilder()
                .setAction("approve")
                .setProducer("tests")
                .setArtifactType("answer")
                .setArtifactId(artifactId)
                .build();
        return on(channel).append(AppendRequest.newBuilder().addEvents(event).build());
    }

    /** The artifacts of all events, in order. */
    static List<String> artifacts(Channel channel) {
        List<String> artifacts = new ArrayList<>();
        on(channel)
                .readAll(ReadAllRequest.getDefaultInstance())
                .forEachRemaining(it -> it.getEventsList().forEach(event -> artifacts.add(event.getArtifactId())));
        return artifacts;
    }

    static GetStoreInfoResponse info(Channel channel) {
        return on(channel).getStoreInfo(GetStoreInfoRequest.getDefaultInstance());
    }
}
