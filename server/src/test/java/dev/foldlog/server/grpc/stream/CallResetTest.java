package dev.foldlog.server.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.server.Limits;
import dev.foldlog.v1.SubscribeAllRequest;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real transport: clients that do not read lose their calls when somebody else needs the room. */
final class CallResetTest {
    private static final int EVENTS = 6;
    private static final int WINDOW_BYTES = 65_535;

    // Room for two pages at most.
    private static final Limits LIMITS =
            new Limits(1 << 20, 4 << 20, 1_000, 500, 256 << 10, 100, 2_500_000, Duration.ofHours(24));

    @TempDir
    private Path folder;

    @Test
    void a_reader_gets_everything_though_stalled_subscribers_held_all_the_room()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (SqliteFixture fixture = new SqliteFixture(folder, new PassThrough(), LIMITS)) {
            String payload = "{\"text\":\"" + "x".repeat(1_000_000) + "\"}";
            for (int i = 0; i < EVENTS; i++) {
                fixture.append(List.of(SqliteFixture.event("e" + i, "p", payload, List.of())))
                        .get(30, TimeUnit.SECONDS);
            }
            List<Follower> stalled = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Follower follower = Follower.stalling(
                        fixture.connect(WINDOW_BYTES), SubscribeAllRequest.getDefaultInstance(), EVENTS);
                follower.confirmed().get(30, TimeUnit.SECONDS);
                stalled.add(follower);
            }

            Follower lively = Follower.of(fixture.connect(1 << 20), SubscribeAllRequest.getDefaultInstance(), EVENTS);

            assertThat(lively.complete().get(120, TimeUnit.SECONDS))
                    .isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
            // The first that stalled was the first to be cut; it learns that when it reads on.
            stalled.getFirst().resume();
            assertThat(Status.fromThrowable(stalled.getFirst().ended().get(120, TimeUnit.SECONDS))
                            .getCode())
                    .isEqualTo(Status.Code.CANCELLED);
        }
    }
}
