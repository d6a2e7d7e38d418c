package dev.foldlog.server.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.RecordedEvent;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bit rot under a stored payload, seen by a reader. */
final class DamagedEventTest {
    private static final int EVENTS = 50;
    private static final int DAMAGED = 33;

    @TempDir
    private Path folder;

    @Test
    void ends_the_stream_after_the_good_events_before_it_and_names_the_position()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (SqliteFixture fixture = new SqliteFixture(folder, new PassThrough())) {
            for (int i = 1; i <= EVENTS; i++) {
                fixture.append(List.of(SqliteFixture.event("e" + i, "p", payload(i), List.of())))
                        .get(30, TimeUnit.SECONDS);
            }
            moveOutOfTheWriteAheadLog(fixture);
        }
        flipOneBit(folder.resolve("foldlog.db"), payload(DAMAGED));

        try (SqliteFixture fixture = new SqliteFixture(folder, new PassThrough())) {
            Iterator<ReadAllResponse> messages = EventStoreGrpc.newBlockingStub(fixture.connect(1 << 20))
                    .readAll(ReadAllRequest.getDefaultInstance());
            List<Long> positions = new ArrayList<>();
            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> messages.forEachRemaining(it -> positions.addAll(it.getEventsList().stream()
                            .map(RecordedEvent::getPosition)
                            .toList())));

            assertThat(positions).isEqualTo(LongStream.range(1, DAMAGED).boxed().toList());
            assertThat(failure).isNotNull();
            ErrorInfo info = Reasons.infoOf(failure);
            assertThat(info.getReason()).isEqualTo("EVENT_UNREADABLE");
            assertThat(info.getMetadataOrThrow("position")).isEqualTo(Integer.toString(DAMAGED));
        }
    }

    /** Appends so much that SQLite moves the events from its log, which has checksums, into the database. */
    private static void moveOutOfTheWriteAheadLog(SqliteFixture fixture)
            throws InterruptedException, ExecutionException, TimeoutException {
        String large = "{\"filler\":\"" + "x".repeat(1_000_000) + "\"}";
        for (int i = 0; i < 20; i++) {
            fixture.append(List.of(SqliteFixture.event("filler-" + i, "filler", large, List.of())))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static String payload(int number) {
        return "{\"marker\":\"<" + number + ">\"}";
    }

    /** Flips a bit wherever the text stands: pages keep pieces of what they once held. */
    private static void flipOneBit(Path file, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = all.indexOf(text);
        assertThat(at).isPositive();
        for (; at >= 0; at = all.indexOf(text, at + 1)) {
            bytes[at + 5] ^= 1;
        }
        Files.write(file, bytes);
    }
}
