package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.noEventsMatching;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.StoreClient;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.DeleteCheckpointRequest;
import dev.foldlog.v1.Durability;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.GetCheckpointRequest;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.Payload;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Uses of capabilities that a server does not declare: each must be refused by the reason documented for it,
 * and a store that does not survive a restart must be another one after it.
 */
final class UndeclaredUse {
    private final ConformanceSuite suite;
    private final StoreClient client;

    UndeclaredUse(ConformanceSuite suite) {
        this.suite = suite;
        this.client = suite.client();
    }

    void assertRefused(Capability capability) {
        switch (capability) {
            case APPEND_CHECKPOINTS ->
                assertUnsupported(
                        capability,
                        () -> client.append(append(event())
                                .addCheckpoints(CheckpointUpdate.newBuilder().setName("worker"))));
            case APPEND_NO_EVENTS_MATCHING ->
                assertUnsupported(
                        capability,
                        () -> client.append(append(event())
                                .addPreconditions(noEventsMatching(
                                        EventFilter.newBuilder().addTags("t"), 0))));
            case PAYLOAD_DATA ->
                assertUnsupported(
                        capability,
                        () -> client.append(append(
                                event().setPayload(Payload.newBuilder().setData(ByteString.copyFromUtf8("x"))))));
            case FILTER_EXPRESSION ->
                Refusal.of(
                        ErrorReason.ERROR_REASON_INVALID_EXPRESSION,
                        () -> client.answers(
                                readAll().setFilter(EventFilter.newBuilder().setExpression("true"))));
            case CHECKPOINTS -> assertServiceUnsupported(capability);
            case SURVIVES_RESTART -> assertForgotten();
        }
    }

    private void assertForgotten() {
        assertThat(client.info().getDurability()).isEqualTo(Durability.DURABILITY_MEMORY);
        String storeId = client.info().getStoreId();
        assertThat(client.append(event("a"), event("b")).getPosition()).isPositive();

        suite.fixture().restart();

        StoreClient after = suite.client();
        assertThat(after.info().getDurability()).isEqualTo(Durability.DURABILITY_MEMORY);
        assertThat(after.info().getStoreId()).isNotEqualTo(storeId);
        assertThat(after.head()).isZero();
        assertThat(after.everything()).isEmpty();
        assertThat(after.append(event("a")).getEvents(0).getSequence()).isEqualTo(1);
        try (Subscription resumed = after.subscribe(subscribe().setStoreId(storeId))) {
            Refusal.of(ErrorReason.ERROR_REASON_STORE_MISMATCH, () -> resumed.until(it -> false));
        }
    }

    private void assertServiceUnsupported(Capability capability) {
        assertUnsupported(
                capability,
                () -> client.checkpoints()
                        .getCheckpoint(GetCheckpointRequest.newBuilder()
                                .setName("worker")
                                .build()));
        assertUnsupported(
                capability,
                () -> client.checkpoints()
                        .commitCheckpoint(CommitCheckpointRequest.newBuilder()
                                .setName("worker")
                                .build()));
        assertUnsupported(
                capability, () -> client.checkpoints().listCheckpoints(ListCheckpointsRequest.getDefaultInstance()));
        assertUnsupported(
                capability,
                () -> client.checkpoints()
                        .deleteCheckpoint(DeleteCheckpointRequest.newBuilder()
                                .setName("worker")
                                .build()));
    }

    private static void assertUnsupported(Capability capability, ThrowingCallable use) {
        Refusal refusal = Refusal.of(ErrorReason.ERROR_REASON_FEATURE_UNSUPPORTED, use);
        assertThat(refusal.metadata()).containsEntry("feature", capability.feature());
    }
}
