package dev.foldlog.server.grpc.stream;

import static dev.foldlog.server.grpc.stream.StreamCalls.OPEN_READS_MAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many finite reads may be open at a time. */
final class OpenReadsTest {
    private final StreamFixture fixture = new StreamFixture();
    private final Subscriptions subscriptions = new Subscriptions(fixture.store, fixture.lane, 1);
    private final StreamCalls calls = new StreamCalls(fixture.environment, subscriptions);

    @Test
    void one_more_than_allowed_is_turned_away_until_others_have_ended() {
        List<HandObserver<ReadAllResponse>> open = new ArrayList<>();
        for (int i = 0; i < OPEN_READS_MAX; i++) {
            open.add(read());
        }
        assertThat(read().failure()).isEqualTo("OVERLOADED");

        open.getFirst().cancel();
        fixture.lane.runAll();
        assertThat(open.getLast().isCompleted()).isTrue();

        HandObserver<ReadAllResponse> next = read();
        fixture.lane.runAll();
        assertThat(next.isCompleted()).isTrue();
    }

    private HandObserver<ReadAllResponse> read() {
        HandObserver<ReadAllResponse> client = new HandObserver<>(ReadAllResponse.parser());
        calls.readAll(ReadAllRequest.getDefaultInstance(), client);
        return client;
    }
}
