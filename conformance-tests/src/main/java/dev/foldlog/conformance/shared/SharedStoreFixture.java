package dev.foldlog.conformance.shared;

import dev.foldlog.conformance.Capability;
import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.conformance.wire.StoreClient;
import dev.foldlog.conformance.wire.Together;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.DeleteCheckpointRequest;
import dev.foldlog.v1.DeleteCheckpointResponse;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.ListCheckpointsResponse;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * One test's view of a shared server. Events stay behind in the store, out of sight of the next test; the
 * checkpoints that the test made are removed in the end, because they are listed all together.
 */
public final class SharedStoreFixture implements ConformanceFixture {
    private static final int PAGE = 1_000;
    private static final int AT_ONCE = 50;

    private final SharedServer server;
    private final StoreView view;

    private SharedStoreFixture(SharedServer server, StoreView view) {
        this.server = server;
        this.view = view;
    }

    /** The view of the store that begins now. */
    public static SharedStoreFixture open(SharedServer server) {
        long head = new StoreClient(server.channel(), Duration.ofSeconds(30)).head();
        return new SharedStoreFixture(server, StoreView.after(head));
    }

    @Override
    public Channel channel() {
        return ClientInterceptors.intercept(server.channel(), new ViewInterceptor(view));
    }

    @Override
    public Channel otherChannel() {
        return ClientInterceptors.intercept(server.otherChannel(), new ViewInterceptor(view));
    }

    @Override
    public Channel wire() {
        return server.channel();
    }

    @Override
    public Set<Capability> capabilities() {
        return server.capabilities();
    }

    @Override
    public StoreLimits limits() {
        return server.limits();
    }

    @Override
    public Duration timestampAheadMax() {
        return server.timestampAheadMax();
    }

    @Override
    public void restart() {
        server.restart();
    }

    @Override
    public void close() {
        try {
            deleteOwnCheckpoints();
        } catch (StatusRuntimeException e) {
            // A server that does not declare checkpoints may have made some all the same: a test has said so then.
            if (server.capabilities().contains(Capability.CHECKPOINTS)) {
                throw e;
            }
        }
    }

    private void deleteOwnCheckpoints() {
        StoreClient client = new StoreClient(server.channel(), patience());
        List<Callable<DeleteCheckpointResponse>> deletions = new ArrayList<>();
        String token = "";
        do {
            ListCheckpointsResponse page = client.checkpoints()
                    .listCheckpoints(ListCheckpointsRequest.newBuilder()
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build());
            page.getCheckpointsList().stream()
                    .map(Checkpoint::getName)
                    .filter(view::isOwn)
                    .forEach(it -> deletions.add(() -> delete(client, it)));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        try (Together together = new Together(patience())) {
            together.runInGroups(AT_ONCE, deletions);
        }
    }

    private static DeleteCheckpointResponse delete(StoreClient client, String name) {
        return client.checkpoints()
                .deleteCheckpoint(
                        DeleteCheckpointRequest.newBuilder().setName(name).build());
    }
}
