package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.Durability;
import dev.foldlog.v1.GetStoreInfoResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** GetStoreInfo: who the store is, where it stands, and what it can do. */
public abstract class StoreInfoSuite extends ConformanceSuite {
    protected StoreInfoSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void the_store_has_one_identity() {
        String storeId = client().info().getStoreId();

        assertThat(UUID.fromString(storeId).toString()).isEqualTo(storeId);
        client().append(event("a"));
        assertThat(client().info().getStoreId()).isEqualTo(storeId);
    }

    @Test
    void the_head_is_the_position_of_the_newest_event() {
        assertThat(client().head()).isZero();
        for (int i = 0; i < 5; i++) {
            AppendResponse appended = client().append(event("a"), event("b"));
            assertThat(appended.getPosition()).isPositive();
            assertThat(client().head()).isEqualTo(appended.getPosition());
        }
    }

    @Test
    void features_are_those_declared() {
        assertThat(Capability.declaredBy(client().info())).isEqualTo(fixture().capabilities());
        assertThat(client().info().getServerVersion()).isNotEmpty();
    }

    @Test
    void limits_are_those_declared() {
        assertThat(client().info().getLimits()).isEqualTo(fixture().limits());
        assertThat(client().info().getLimits().getMaxPayloadBytes()).isPositive();
    }

    @Test
    void version_durability_and_time_are_told() {
        GetStoreInfoResponse info = client().info();

        assertThat(info.getServerVersion()).matches("\\d+\\.\\d+\\.\\d+([-+][0-9A-Za-z.+-]+)?");
        assertThat(info.getDurability()).isNotIn(Durability.DURABILITY_UNSPECIFIED, Durability.UNRECOGNIZED);
        assertThat(info.getServerTime().getSeconds()).isPositive();
        AppendResponse appended = client().append(event("a"));
        assertThat(Times.instant(appended.getEvents(0).getRecordedAt()))
                .isAfter(Times.instant(info.getServerTime()).minusSeconds(60));
    }
}
