package dev.foldlog.cli.client;

import static java.util.Objects.requireNonNull;

import dev.foldlog.v1.ApplyErrorPolicy;
import dev.foldlog.v1.CelProjection;
import dev.foldlog.v1.PluginRef;
import dev.foldlog.v1.Projection;
import dev.foldlog.v1.ProjectionMode;
import java.util.Map;

/**
 * A projection as somebody wants it.
 *
 * @param plugin a plugin's name; empty: the expressions count
 * @param isSkipping whether an event that fails is passed over
 */
public record ProjectionOrder(
        String name,
        boolean isSync,
        String applies,
        String key,
        String apply,
        String plugin,
        Map<String, String> settings,
        Selection filter,
        boolean isSkipping,
        long startAfter) {
    public ProjectionOrder {
        requireNonNull(name, "name");
        settings = Map.copyOf(settings);
    }

    Projection projection() {
        Projection.Builder projection = Projection.newBuilder()
                .setName(name)
                .setMode(isSync ? ProjectionMode.PROJECTION_MODE_SYNC : ProjectionMode.PROJECTION_MODE_ASYNC)
                .setFilter(filter.filter())
                .setStartAfterPosition(startAfter);
        if (isSkipping) {
            projection.setOnError(ApplyErrorPolicy.APPLY_ERROR_POLICY_SKIP);
        }
        if (plugin.isEmpty()) {
            projection.setCel(
                    CelProjection.newBuilder().setApplies(applies).setKey(key).setApply(apply));
        } else {
            projection.setPlugin(PluginRef.newBuilder().setName(plugin).putAllSettings(settings));
        }
        return projection.build();
    }
}
