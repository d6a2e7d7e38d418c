package dev.foldlog.server.grpc;

import dev.foldlog.server.grpc.service.CallEnvironment;
import dev.foldlog.server.grpc.service.CheckpointsService;
import dev.foldlog.server.grpc.service.EventStoreCalls;
import dev.foldlog.server.grpc.stream.EventStreams;
import dev.foldlog.server.grpc.stream.StreamEnvironment;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.stream.Stream;

/** The services of this API over one store. Closing ends the subscriptions, and nothing else. */
public final class ApiServices implements AutoCloseable {
    private final StreamEnvironment environment;
    private final CallEnvironment calls;
    private final EventStreams streams;
    private final List<BindableService> others;

    /** With the services of others beside this server's own. */
    public ApiServices(StreamEnvironment environment, CallEnvironment calls, List<BindableService> others) {
        this.others = List.copyOf(others);
        this.environment = environment;
        this.calls = calls;
        this.streams = new EventStreams(environment);
    }

    /** What an endpoint serves. */
    public ServedServices served() {
        return new ServedServices(definitions(), environment.store(), environment.statuses());
    }

    private List<ServerServiceDefinition> definitions() {
        return Stream.concat(
                        Stream.of(
                                streams.serviceWith(new EventStoreCalls(calls)),
                                new CheckpointsService(calls).bindService()),
                        others.stream().map(BindableService::bindService))
                .toList();
    }

    @Override
    public void close() {
        streams.close();
    }
}
