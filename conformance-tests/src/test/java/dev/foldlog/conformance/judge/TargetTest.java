package dev.foldlog.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.conformance.Capability;
import dev.foldlog.v1.Durability;
import dev.foldlog.v1.GetStoreInfoResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TargetTest {
    private static final GetStoreInfoResponse STATED = GetStoreInfoResponse.newBuilder()
            .addFeatures("payload.data")
            .addFeatures("of.a.newer.server")
            .setDurability(Durability.DURABILITY_PROCESS)
            .build();

    @Test
    void capabilities_are_those_that_the_server_states_unless_they_are_given() {
        assertThat(new Target("h:1", "", "").capabilities(STATED))
                .containsExactlyInAnyOrder(Capability.PAYLOAD_DATA, Capability.SURVIVES_RESTART);
        assertThat(new Target("h:1", " append.checkpoints, payload.data", "").capabilities(STATED))
                .containsExactlyInAnyOrder(Capability.APPEND_CHECKPOINTS, Capability.PAYLOAD_DATA);
        assertThat(new Target("h:1", "none", "").capabilities(STATED)).isEmpty();
    }

    @Test
    void it_comes_back_from_the_parameters_of_a_run() {
        Target target = new Target("host:7070", "payload.data", "systemctl restart it");
        Map<String, String> parameters = target.parameters();

        assertThat(Target.of(it -> parameters.getOrDefault(it, ""))).isEqualTo(target);
    }

    @Test
    void what_it_cannot_be_is_refused() {
        assertThatThrownBy(() -> new Target("7070", "", "")).hasMessage("target: 7070 (expected: HOST:PORT)");
        assertThatThrownBy(() -> new Target("h:1", "payload.dat", ""))
                .hasMessageStartingWith("capabilities: payload.dat (expected: none, or of append.checkpoints,");
    }
}
