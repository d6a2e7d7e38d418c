package dev.foldlog.conformance.kit;

import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.conformance.InProcessFixture;
import dev.foldlog.conformance.ServerConformance;

/** The kit over our server seen through the wrapping of the liars, but without a lie. */
final class HonestServer extends ServerConformance {
    @Override
    protected ConformanceFixture open() throws Exception {
        return LyingFixture.openHonest(InProcessFixture::sqlite);
    }
}
