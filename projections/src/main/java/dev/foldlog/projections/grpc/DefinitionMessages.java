package dev.foldlog.projections.grpc;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.FailurePolicy;
import dev.foldlog.core.projection.ProjectionDefinition;
import dev.foldlog.core.projection.ProjectionLogic;
import dev.foldlog.core.projection.ProjectionMode;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.v1.ApplyErrorPolicy;
import dev.foldlog.v1.CelProjection;
import dev.foldlog.v1.PluginRef;
import dev.foldlog.v1.Projection;
import java.util.TreeMap;

/** Definitions as the fields of Projection that a client sets, and back. */
final class DefinitionMessages {
    private DefinitionMessages() {}

    static Projection.Builder message(ProjectionDefinition definition) {
        Projection.Builder message = Projection.newBuilder()
                .setName(definition.name())
                .setMode(
                        switch (definition.mode()) {
                            case SYNC -> dev.foldlog.v1.ProjectionMode.PROJECTION_MODE_SYNC;
                            case ASYNC -> dev.foldlog.v1.ProjectionMode.PROJECTION_MODE_ASYNC;
                        })
                .setOnError(
                        switch (definition.onFailure()) {
                            case STOP -> ApplyErrorPolicy.APPLY_ERROR_POLICY_STOP;
                            case SKIP -> ApplyErrorPolicy.APPLY_ERROR_POLICY_SKIP;
                        })
                .setStartAfterPosition(definition.startAfter().value());
        if (!definition.filter().isAll()) {
            message.setFilter(FilterMessages.message(definition.filter()));
        }
        return switch (definition.logic()) {
            case ProjectionLogic.Expressions sources ->
                message.setCel(CelProjection.newBuilder()
                        .setApplies(sources.applies())
                        .setKey(sources.key())
                        .setApply(sources.apply()));
            case ProjectionLogic.Plugin plugin ->
                message.setPlugin(
                        PluginRef.newBuilder().setName(plugin.name()).putAllSettings(new TreeMap<>(plugin.settings())));
        };
    }

    /** The definition of a message that {@link #message} made, or that was found valid. */
    static ProjectionDefinition definition(Projection message, EventFilter filter) {
        boolean isSync = message.getMode() == dev.foldlog.v1.ProjectionMode.PROJECTION_MODE_SYNC;
        boolean isSkipping = message.getOnError() == ApplyErrorPolicy.APPLY_ERROR_POLICY_SKIP;
        ProjectionLogic logic = message.hasPlugin()
                ? new ProjectionLogic.Plugin(
                        message.getPlugin().getName(), message.getPlugin().getSettingsMap())
                : new ProjectionLogic.Expressions(
                        message.getCel().getApplies(),
                        message.getCel().getKey(),
                        message.getCel().getApply());
        return new ProjectionDefinition(
                message.getName(),
                isSync ? ProjectionMode.SYNC : ProjectionMode.ASYNC,
                logic,
                filter,
                isSkipping ? FailurePolicy.SKIP : FailurePolicy.STOP,
                new Position(message.getStartAfterPosition()));
    }
}
