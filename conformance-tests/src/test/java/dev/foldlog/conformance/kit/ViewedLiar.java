package dev.foldlog.conformance.kit;

import dev.foldlog.conformance.Capability;
import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.conformance.shared.SharedServer;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import java.util.Set;

/** A lying server whose store is shared, and so is seen through a view. */
record ViewedLiar(ConformanceFixture liar) implements SharedServer {
    @Override
    public Channel channel() {
        return liar.channel();
    }

    @Override
    public Channel otherChannel() {
        return liar.otherChannel();
    }

    @Override
    public Set<Capability> capabilities() {
        return liar.capabilities();
    }

    @Override
    public StoreLimits limits() {
        return liar.limits();
    }

    @Override
    public void restart() {
        liar.restart();
    }
}
