package dev.foldlog.server.grpc.projection;

import dev.foldlog.store.memory.MemorySettings;

/** Projections over the store in memory. */
final class ProjectionsInMemoryTest extends ProjectionCalls {
    ProjectionsInMemoryTest() {
        super(new ServedProjections(MemorySettings.standard()));
    }
}
