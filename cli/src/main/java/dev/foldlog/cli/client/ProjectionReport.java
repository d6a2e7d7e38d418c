package dev.foldlog.cli.client;

import dev.foldlog.v1.Projection;
import dev.foldlog.v1.ProjectionFailure;
import dev.foldlog.v1.ProjectionMode;
import dev.foldlog.v1.Rebuild;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A projection as a server shows it.
 *
 * @param facts names and values for people and programs; numbers are Longs, lists of texts Lists
 */
public record ProjectionReport(
        String name,
        String mode,
        String state,
        long appliedPosition,
        long lag,
        long keys,
        long builtPosition,
        long targetPosition,
        Map<String, Object> facts) {
    static ProjectionReport of(Projection projection) {
        return new ProjectionReport(
                projection.getName(),
                projection.getMode() == ProjectionMode.PROJECTION_MODE_SYNC ? "sync" : "async",
                state(projection),
                projection.getAppliedPosition(),
                projection.getLag(),
                projection.getKeyCount(),
                projection.getRebuild().getPosition(),
                projection.getRebuild().getTargetPosition(),
                facts(projection));
    }

    private static String state(Projection projection) {
        return projection.getState().name().replace("STATE_", "").toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> facts(Projection projection) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", projection.getName());
        facts.put("mode", projection.getMode() == ProjectionMode.PROJECTION_MODE_SYNC ? "sync" : "async");
        facts.put("state", state(projection));
        facts.put("revision", projection.getRevision());
        facts.put("applied_position", projection.getAppliedPosition());
        facts.put("lag", projection.getLag());
        facts.put("key_count", projection.getKeyCount());
        facts.put("skipped_count", projection.getSkippedCount());
        facts.put("start_after_position", projection.getStartAfterPosition());
        if (projection.hasCel()) {
            facts.put("applies", projection.getCel().getApplies());
            facts.put("key", projection.getCel().getKey());
            facts.put("apply", projection.getCel().getApply());
        } else {
            facts.put("plugin", projection.getPlugin().getName());
        }
        if (projection.hasRebuild()) {
            build(projection.getRebuild(), facts);
        }
        failure("failure", projection.hasFailure(), projection.getFailure(), facts);
        failure("last_failure", projection.hasLastFailure(), projection.getLastFailure(), facts);
        return facts;
    }

    private static void build(Rebuild build, Map<String, Object> facts) {
        facts.put("rebuild_events", build.getEventCount());
        facts.put("rebuild_position", build.getPosition());
        facts.put("rebuild_target_position", build.getTargetPosition());
        if (build.hasFinishedAt()) {
            long nanos =
                    (build.getFinishedAt().getSeconds() - build.getStartedAt().getSeconds()) * 1_000_000_000
                            + build.getFinishedAt().getNanos()
                            - build.getStartedAt().getNanos();
            facts.put("rebuild_millis", nanos / 1_000_000);
        }
        if (build.hasDiff()) {
            facts.put("rebuild_added_keys", build.getDiff().getAddedKeys());
            facts.put("rebuild_removed_keys", build.getDiff().getRemovedKeys());
            facts.put("rebuild_changed_keys", build.getDiff().getChangedKeys());
            facts.put("rebuild_sample_keys", List.copyOf(build.getDiff().getSampleKeysList()));
        }
        failure("rebuild_failure", build.hasFailure(), build.getFailure(), facts);
    }

    private static void failure(String name, boolean isThere, ProjectionFailure failure, Map<String, Object> facts) {
        if (isThere) {
            facts.put(name + "_position", failure.getPosition());
            facts.put(name + "_event_id", failure.getEventId());
            facts.put(name + "_message", failure.getMessage());
        }
    }
}
