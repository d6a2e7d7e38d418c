package dev.foldlog.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.faults.client.Attempt.Fate;
import dev.foldlog.cli.faults.client.Load;
import dev.foldlog.cli.faults.client.ServerClient;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync that fails says that anything written since the last one may be lost: the store must stop. */
final class FsyncFaultIT {
    private static final int CALLERS = 32;

    /** Which sync of the writer's thread fails, server by server. */
    private static final List<Integer> FAILING = List.of(60, 61, 150, 330);

    /** Those of them that come before the log is long enough for a checkpoint: surely syncs of a commit. */
    private static final int COMMITS = 2;

    @TempDir
    private Path folder;

    @Test
    void a_failed_sync_stops_the_store_and_a_restart_serves_with_every_append_whole()
            throws IOException, InterruptedException {
        Site site = new Site(folder);
        for (int failing : FAILING) {
            failAndStop(site, failing);
            int found = site.settleAndStop();
            System.out.printf(
                    "sync %d failed: %s; %d of the unknown were stored; %d events%n",
                    failing, site.journal().summary(), found, site.inspection().stored());
        }
        site.assertVerified();
        assertThat(site.journal().countAnswered("OUTCOME_UNKNOWN")).isGreaterThanOrEqualTo(COMMITS);
        assertThat(site.journal().countAnswered("NOT_READY")).isGreaterThanOrEqualTo((long) FAILING.size() * CALLERS);
        assertThat(site.journal().count(Fate.STORED)).isGreaterThanOrEqualTo(1_000);
    }

    private static void failAndStop(Site site, int failing) throws IOException {
        Strace strace = Strace.injecting(
                site.folder().resolve("strace-" + failing), "fsync,fdatasync", "EIO", Integer.toString(failing));
        try (ServerProcess server = site.start(strace);
                ServerClient client = server.client();
                Load load = Load.start(client, site.journal(), CALLERS, failing)) {
            site.follow(client);
            load.awaitEnd(); // every caller was told again and again that the server does not serve
            assertThat(strace.injected()).isPositive();
            if (!server.log().contains("a checkpoint of the write-ahead log failed")) {
                assertThat(load.unknown())
                        .as("callers who saw an unknown outcome of a commit")
                        .isPositive();
            }
            assertThat(client.health()).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(client.probes())
                    .allSatisfy(
                            probe -> assertThat(probe.reason()).as(probe.name()).isEqualTo("NOT_READY"));
            site.awaitFollowersEnd();
            assertThat(server.stop()).as(server.log()).isZero();
        }
    }
}
