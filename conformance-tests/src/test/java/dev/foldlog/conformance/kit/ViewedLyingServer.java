package dev.foldlog.conformance.kit;

import static dev.foldlog.conformance.wire.Events.event;

import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.conformance.InProcessFixture;
import dev.foldlog.conformance.ServerConformance;
import dev.foldlog.conformance.shared.SharedStoreFixture;
import dev.foldlog.conformance.wire.StoreClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit over our server seen through a liar, in a store that has events of others. */
@ExtendWith(LiarParameter.class)
final class ViewedLyingServer extends ServerConformance {
    private final Liar liar;
    private final List<ConformanceFixture> opened = new ArrayList<>();

    ViewedLyingServer(Liar liar) {
        this.liar = liar;
    }

    @Override
    protected ConformanceFixture open() throws Exception {
        ConformanceFixture lying = LyingFixture.open(ViewedLyingServer::withEventsOfOthers, liar);
        opened.add(lying);
        return SharedStoreFixture.open(new ViewedLiar(lying));
    }

    @AfterEach
    void closeServers() {
        opened.forEach(ConformanceFixture::close);
    }

    private static ConformanceFixture withEventsOfOthers() throws Exception {
        InProcessFixture fixture = InProcessFixture.sqlite();
        StoreClient client = new StoreClient(fixture.channel(), fixture.patience());
        client.append(event("a"), event("b"), event("a"));
        client.append(event("c").addTags("t"));
        return fixture;
    }
}
