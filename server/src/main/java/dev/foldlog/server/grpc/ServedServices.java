package dev.foldlog.server.grpc;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.store.EventStore;
import dev.foldlog.server.grpc.error.StatusMapper;
import io.grpc.ServerServiceDefinition;
import java.util.List;

/** The services to serve, the store that their health depends on, and the table of errors. */
public record ServedServices(List<ServerServiceDefinition> definitions, EventStore store, StatusMapper statuses) {
    public ServedServices {
        definitions = List.copyOf(definitions);
        requireNonNull(store, "store");
        requireNonNull(statuses, "statuses");
    }
}
