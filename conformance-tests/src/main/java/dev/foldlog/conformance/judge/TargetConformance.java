package dev.foldlog.conformance.judge;

import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.conformance.ServerConformance;
import dev.foldlog.conformance.shared.SharedStoreFixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole kit over a server that runs already. */
@ExtendWith(TargetParameter.class)
final class TargetConformance extends ServerConformance {
    private final TargetServer server;

    TargetConformance(TargetServer server) {
        this.server = server;
    }

    @Override
    protected ConformanceFixture open() {
        return SharedStoreFixture.open(server);
    }
}
