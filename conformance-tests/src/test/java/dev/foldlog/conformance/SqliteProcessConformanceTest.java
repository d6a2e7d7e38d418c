package dev.foldlog.conformance;

import dev.foldlog.conformance.process.ProcessServer;
import dev.foldlog.conformance.shared.SharedStoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Our server over SQLite as a process of its own, one for all tests: the whole kit. */
@TestInstance(Lifecycle.PER_CLASS)
final class SqliteProcessConformanceTest extends ServerConformance {
    private ProcessServer server;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        server = ProcessServer.start(home);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    protected ConformanceFixture open() {
        return SharedStoreFixture.open(server);
    }
}
