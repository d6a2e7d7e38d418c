package dev.foldlog.bench.load;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;

/** Foldlog's own requests: an event without timestamp, metadata and tags, in the partition of its artifact. */
public final class FoldlogForm implements WireForm {
    @Override
    public byte[] request(Feedback feedback, String eventId, String artifactId) {
        return AppendRequest.newBuilder()
                .addEvents(NewEvent.newBuilder()
                        .setEventId(eventId)
                        .setAction(feedback.action())
                        .setProducer(feedback.producer())
                        .setArtifactId(artifactId)
                        .setArtifactType(feedback.artifactType())
                        .setThreadId(feedback.threadId())
                        .setPayload(Payload.newBuilder().setJson(feedback.json())))
                .build()
                .toByteArray();
    }
}
