package dev.foldlog.conformance.kit;

import dev.foldlog.conformance.Capability;
import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An honest server seen through lies. */
final class LyingFixture implements ConformanceFixture {
    private final ConformanceFixture.Factory honest;
    private final @Nullable Liar liar;
    private final Supplier<Lie> lies;
    private ConformanceFixture server;

    private LyingFixture(ConformanceFixture.Factory honest, @Nullable Liar liar, ConformanceFixture server) {
        this.honest = honest;
        this.liar = liar;
        this.lies = liar == null ? () -> new Lie() {} : liar.lies();
        this.server = server;
    }

    static LyingFixture open(ConformanceFixture.Factory honest, Liar liar) throws Exception {
        return new LyingFixture(honest, liar, honest.open());
    }

    /** The same wrapping, which tells no lie. */
    static LyingFixture openHonest(ConformanceFixture.Factory honest) throws Exception {
        return new LyingFixture(honest, null, honest.open());
    }

    @Override
    public Channel channel() {
        return liar == Liar.SHOWS_ONE_CLIENT_LESS_THAN_THE_OTHER ? server.channel() : lied(server.channel());
    }

    @Override
    public Channel otherChannel() {
        return lied(server.otherChannel());
    }

    private Channel lied(Channel honestChannel) {
        return ClientInterceptors.intercept(honestChannel, new LyingInterceptor(lies));
    }

    @Override
    public Set<Capability> capabilities() {
        return liar == Liar.HIDES_WHAT_IT_CAN_DO ? Set.of() : server.capabilities();
    }

    @Override
    public StoreLimits limits() {
        return server.limits();
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void restart() {
        if (liar != Liar.FORGETS_AFTER_A_RESTART) {
            server.restart();
            return;
        }
        server.close();
        try {
            server = honest.open();
        } catch (Exception e) {
            throw new AssertionError("restart failed", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
