package dev.foldlog.server.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendedEvent;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.SubscribeAllRequest;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscribers attached while several writers append, over the real store and the real transport. */
final class LiveTailTest {
    private static final int WRITERS = 4;
    private static final int APPENDS = 400;
    private static final int EVENTS_OF_APPEND = 3;
    private static final int EVENTS = WRITERS * APPENDS * EVENTS_OF_APPEND;
    private static final int WINDOW_BYTES = 1 << 20;

    @TempDir
    private Path folder;

    private SqliteFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new SqliteFixture(folder, new PassThrough());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void each_sees_every_event_that_matches_once_and_in_order()
            throws InterruptedException, ExecutionException, TimeoutException {
        Channel channel = fixture.connect(WINDOW_BYTES);
        List<Follower> all = new ArrayList<>();
        List<Follower> tagged = new ArrayList<>();
        List<Follower> ofOnePartition = new ArrayList<>();
        List<Future<List<AppendedEvent>>> written = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int i = 0; i < WRITERS; i++) {
                written.add(writers.submit(writer(i)));
                // Each round of subscribers comes at another moment of the same load.
                all.add(Follower.of(channel, SubscribeAllRequest.getDefaultInstance(), EVENTS));
                tagged.add(
                        Follower.of(channel, filtered(EventFilter.newBuilder().addTags("first")), EVENTS / 3));
                ofOnePartition.add(Follower.of(
                        channel, filtered(EventFilter.newBuilder().addPartitionKeys("p0")), EVENTS / WRITERS));
            }
        }
        List<AppendedEvent> events = new ArrayList<>();
        for (Future<List<AppendedEvent>> writer : written) {
            events.addAll(writer.get());
        }

        List<Long> positions =
                events.stream().map(it -> it.position().value()).sorted().toList();
        List<Long> firsts = events.stream()
                .filter(it -> it.eventId().text().endsWith("-0"))
                .map(it -> it.position().value())
                .sorted()
                .toList();
        List<Long> ofPartition = events.stream()
                .filter(it -> it.partitionKey().equals("p0"))
                .map(it -> it.position().value())
                .sorted()
                .toList();
        for (int i = 0; i < WRITERS; i++) {
            assertThat(all.get(i).complete().get(60, TimeUnit.SECONDS)).isEqualTo(positions);
            assertThat(tagged.get(i).complete().get(60, TimeUnit.SECONDS)).isEqualTo(firsts);
            assertThat(ofOnePartition.get(i).complete().get(60, TimeUnit.SECONDS))
                    .isEqualTo(ofPartition);
        }
    }

    private Callable<List<AppendedEvent>> writer(int number) {
        return () -> {
            List<AppendedEvent> appended = new ArrayList<>();
            for (int i = 0; i < APPENDS; i++) {
                List<NewEvent> events = new ArrayList<>();
                for (int n = 0; n < EVENTS_OF_APPEND; n++) {
                    String id = number + "-" + i + "-" + n;
                    List<String> tags = n == 0 ? List.of("first") : List.of();
                    events.add(SqliteFixture.event(id, "p" + number, "{\"n\":" + n + '}', tags));
                }
                Appended answer = (Appended) fixture.append(events).get(30, TimeUnit.SECONDS);
                appended.addAll(answer.events());
            }
            return appended;
        };
    }

    private static SubscribeAllRequest filtered(EventFilter.Builder filter) {
        return SubscribeAllRequest.newBuilder().setFilter(filter).build();
    }
}
