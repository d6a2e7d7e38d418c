package dev.foldlog.server;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.projection.ProjectionPlugin;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.expressions.CelExpressions;
import dev.foldlog.projections.ProjectionVerification;
import dev.foldlog.projections.Projectors;
import dev.foldlog.projections.grpc.ProtoRecords;
import java.util.List;
import java.util.ServiceLoader;

/** The logic that projections may have here: CEL, and the plugins on the class path. */
public final class ServedLogic {
    private ServedLogic() {}

    static Projectors projectors() {
        List<ProjectionPlugin> plugins = ServiceLoader.load(ProjectionPlugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return new Projectors(CelExpressions.standard(), plugins);
    }

    /** The verification of the projections of a store that nobody changes meanwhile. */
    public static ProjectionVerification verification(EventStore store, EventCodec codec) {
        return new ProjectionVerification(store, codec, new ProtoRecords(), projectors());
    }
}
