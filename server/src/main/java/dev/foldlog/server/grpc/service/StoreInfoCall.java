package dev.foldlog.server.grpc.service;

import dev.foldlog.core.expression.ExpressionLimits;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerVersion;
import dev.foldlog.server.grpc.codec.ProtoTimes;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.Durability;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.StoreLimits;
import java.util.List;

/** What GetStoreInfo says; nothing of it is read from the disk. Thread-safe. */
final class StoreInfoCall {
    private static final List<String> FEATURES = List.of(
            "append.checkpoints",
            "append.no_events_matching",
            "filter.expression",
            "payload.data",
            CheckpointsGrpc.SERVICE_NAME);

    private final CallEnvironment environment;

    StoreInfoCall(CallEnvironment environment) {
        this.environment = environment;
    }

    GetStoreInfoResponse answer() {
        EventStore store = environment.store();
        if (!store.isServing()) {
            throw new StoreException(ErrorCode.UNAVAILABLE, "the store is not serving");
        }
        return GetStoreInfoResponse.newBuilder()
                .setStoreId(store.storeId().toString())
                .setHeadPosition(store.head().value())
                .setServerVersion(ServerVersion.TEXT)
                .addAllFeatures(FEATURES)
                .setLimits(
                        limits(environment.limits(), environment.expressions().limits()))
                .setServerTime(ProtoTimes.timestamp(environment.clock().instant()))
                .setDurability(durability(store.durability()))
                .setStoreKind(store.kind())
                .build();
    }

    private static StoreLimits limits(Limits limits, ExpressionLimits expressions) {
        return StoreLimits.newBuilder()
                .setMaxPayloadBytes(limits.payloadBytesMax())
                .setMaxAppendBytes(limits.appendBytesMax())
                .setMaxAppendEvents(limits.appendEventsMax())
                .setMaxBatchEvents(limits.batchEventsMax())
                .setMaxBatchBytes(limits.batchBytesMax())
                .setMaxExpressionChars(expressions.sourceCharsMax())
                .setMaxExpressionSteps(expressions.stepsMax())
                .setMaxSubscriptions(limits.subscriptionsMax())
                .build();
    }

    private static Durability durability(dev.foldlog.core.store.Durability durability) {
        return switch (durability) {
            case MEMORY -> Durability.DURABILITY_MEMORY;
            case PROCESS -> Durability.DURABILITY_PROCESS;
            case DISK -> Durability.DURABILITY_DISK;
            case REPLICATED -> Durability.DURABILITY_REPLICATED;
        };
    }
}
