package dev.foldlog.cli.client;

import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.ListCheckpointsResponse;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.health.v1.HealthCheckRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a server says of itself.
 *
 * @param health SERVING, NOT_SERVING, or UNKNOWN where the server has no health service
 * @param storeKind what keeps the events: sqlite, memory; 'unknown' where the server does not say
 * @param durability what an answered append survives: memory, process, disk, replicated
 * @param limits names as in StoreLimits
 * @param checkpoints positions by name, the first hundred
 */
public record StatusReport(
        String server,
        String health,
        String version,
        String storeKind,
        String storeId,
        long headPosition,
        String durability,
        Instant serverTime,
        Map<String, Long> limits,
        List<String> features,
        Map<String, Long> checkpoints) {

    /** Asks a server. */
    public static StatusReport of(Connection connection) {
        try {
            GetStoreInfoResponse info = connection.unary().getStoreInfo(GetStoreInfoRequest.getDefaultInstance());
            return new StatusReport(
                    connection.server().toString(),
                    health(connection),
                    info.getServerVersion(),
                    info.getStoreKind().isEmpty() ? "unknown" : info.getStoreKind(),
                    info.getStoreId(),
                    info.getHeadPosition(),
                    info.getDurability().name().replace("DURABILITY_", "").toLowerCase(Locale.ROOT),
                    Instant.ofEpochSecond(
                            info.getServerTime().getSeconds(),
                            info.getServerTime().getNanos()),
                    limits(info.getLimits()),
                    List.copyOf(info.getFeaturesList()),
                    checkpoints(connection));
        } catch (StatusException e) {
            throw ServerErrors.told(e, connection.server());
        }
    }

    private static String health(Connection connection) throws StatusException {
        try {
            return connection
                    .health()
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus()
                    .name();
        } catch (StatusException e) {
            if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return "UNKNOWN";
            }
            throw e;
        }
    }

    private static Map<String, Long> limits(StoreLimits limits) {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("max_payload_bytes", limits.getMaxPayloadBytes());
        values.put("max_append_bytes", limits.getMaxAppendBytes());
        values.put("max_append_events", (long) limits.getMaxAppendEvents());
        values.put("max_batch_events", (long) limits.getMaxBatchEvents());
        values.put("max_batch_bytes", limits.getMaxBatchBytes());
        values.put("max_subscriptions", (long) limits.getMaxSubscriptions());
        return values;
    }

    private static Map<String, Long> checkpoints(Connection connection) throws StatusException {
        Map<String, Long> positions = new LinkedHashMap<>();
        try {
            ListCheckpointsResponse page =
                    connection.checkpoints().listCheckpoints(ListCheckpointsRequest.getDefaultInstance());
            for (Checkpoint checkpoint : page.getCheckpointsList()) {
                positions.put(checkpoint.getName(), checkpoint.getPosition());
            }
        } catch (StatusException e) {
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw e;
            }
        }
        return positions;
    }
}
