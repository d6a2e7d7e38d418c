package dev.foldlog.conformance;

import dev.foldlog.conformance.wire.StoreClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests of one subject. Each test, and each family of dynamic tests, sees an empty store. */
@ExtendWith(CapabilityGate.class)
public abstract class ConformanceSuite {
    private final ConformanceFixture.Factory fixtures;
    private ConformanceFixture fixture;

    ConformanceSuite(ConformanceFixture.Factory fixtures) {
        this.fixtures = fixtures;
    }

    @BeforeEach
    final void openFixture() throws Exception {
        fixture = fixtures.open();
    }

    @AfterEach
    final void closeFixture() {
        fixture.close();
    }

    final ConformanceFixture fixture() {
        return fixture;
    }

    /** A client of the server as it runs now. */
    final StoreClient client() {
        return new StoreClient(fixture.channel(), fixture.patience());
    }

    /** A client with a connection of its own. */
    final StoreClient otherClient() {
        return new StoreClient(fixture.otherChannel(), fixture.patience());
    }

    /** As {@link #client}, for requests whose very bytes matter: the test uses names of its own. */
    final StoreClient wireClient() {
        return new StoreClient(fixture.wire(), fixture.patience());
    }
}
