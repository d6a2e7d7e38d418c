package dev.foldlog.conformance.kit;

import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.conformance.InProcessFixture;
import dev.foldlog.conformance.ServerConformance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit over our server seen through a liar. */
@ExtendWith(LiarParameter.class)
final class LyingServer extends ServerConformance {
    private final Liar liar;

    LyingServer(Liar liar) {
        this.liar = liar;
    }

    @Override
    protected ConformanceFixture open() throws Exception {
        return LyingFixture.open(InProcessFixture::sqlite, liar);
    }
}
