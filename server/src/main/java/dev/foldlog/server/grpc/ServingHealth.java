package dev.foldlog.server.grpc;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.store.EventStore;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;

/**
 * The health service: SERVING for the server ("") and each of its services, until the store fails or the
 * server stops; it never comes back. Thread-safe.
 */
final class ServingHealth implements AutoCloseable {
    private final EventStore store;
    private final HealthStatusManager health = new HealthStatusManager();
    private final EventStore.Registration registration;

    ServingHealth(EventStore store, List<String> services) {
        this.store = requireNonNull(store, "store");
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        services.forEach(it -> health.setStatus(it, ServingStatus.SERVING));
        this.registration = store.onChange(this::look);
        look();
    }

    BindableService service() {
        return health.getHealthService();
    }

    /** One volatile read while all is well, for it comes after each commit. */
    private void look() {
        if (!store.isServing()) {
            health.enterTerminalState();
        }
    }

    /** Says NOT_SERVING from here on. */
    @Override
    public void close() {
        registration.close();
        health.enterTerminalState();
    }
}
