package dev.foldlog.server.grpc.stream;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;

/** The streaming calls over one store, and the subscriptions open on it. Thread-safe. */
public final class EventStreams implements AutoCloseable {
    private final Subscriptions subscriptions;
    private final StreamCalls calls;

    public EventStreams(StreamEnvironment environment) {
        this.subscriptions = new Subscriptions(
                environment.store(), environment.lane(), environment.limits().subscriptionsMax());
        this.calls = new StreamCalls(environment, subscriptions);
    }

    /** The EventStore service: these calls beside the unary ones of another. */
    public ServerServiceDefinition serviceWith(BindableService unary) {
        return EventStoreBinding.of(unary, calls);
    }

    /** Ends every subscription, present and to come, with NOT_READY. Does not wait, and ends no reads. */
    @Override
    public void close() {
        subscriptions.close();
    }
}
