package dev.foldlog.client.scenarios;

import dev.foldlog.client.Foldlog;
import dev.foldlog.client.SubscribeOptions;
import dev.foldlog.client.Subscription;
import dev.foldlog.client.SubscriptionStart;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import java.util.concurrent.atomic.AtomicLong;

/** A worker: follows approvals from its checkpoint, appends a score for each, and moves the checkpoint with it. */
final class ScorerMain {
    private ScorerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        String name = arguments[1];
        try (Foldlog foldlog = Foldlog.connect(arguments[0])) {
            AtomicLong done = new AtomicLong(
                    foldlog.checkpoints().get(name).map(Checkpoint::getPosition).orElse(0L));
            Subscription following = foldlog.subscribeAll(
                    event -> {
                        foldlog.append(scoreOf(event, name, done.get()));
                        done.set(event.getPosition());
                    },
                    SubscribeOptions.from(new SubscriptionStart.AtCheckpoint(name))
                            .matching(EventFilter.newBuilder()
                                    .addActions("approve")
                                    .build()));
            following.ended().join();
        }
    }

    private static AppendRequest scoreOf(RecordedEvent event, String checkpoint, long done) {
        return AppendRequest.newBuilder()
                .addEvents(NewEvent.newBuilder()
                        .setAction("score")
                        .setProducer("worker")
                        .setArtifactType(event.getArtifactType())
                        .setArtifactId(event.getArtifactId()))
                .addCheckpoints(CheckpointUpdate.newBuilder()
                        .setName(checkpoint)
                        .setExpectedPosition(done)
                        .setPosition(event.getPosition()))
                .build();
    }
}
