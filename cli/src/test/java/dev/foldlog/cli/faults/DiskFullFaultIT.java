package dev.foldlog.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.faults.client.Attempt.Fate;
import dev.foldlog.cli.faults.client.Load;
import dev.foldlog.cli.faults.client.ServerClient;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is started while the disk is still full, on what a killed one left behind. */
final class DiskFullFaultIT {
    private static final int CALLERS = 16;
    private static final int ACKED = 600;
    private static final int REFUSED = 100;

    @TempDir
    private Path folder;

    @Test
    void a_server_on_a_full_disk_reads_and_refuses_appends_and_loses_nothing()
            throws IOException, InterruptedException {
        Site site = new Site(folder);
        loadAndKill(site);
        Strace full = Strace.injecting(folder.resolve("strace"), "pwrite64", "ENOSPC", "1+")
                .on(site.data().resolve("foldlog.db"), site.data().resolve("foldlog.db-wal"));
        try (ServerProcess server = site.start(full);
                ServerClient client = server.client()) {
            site.follow(client);
            site.assertSound(client);
            try (Load load = Load.start(client, site.journal(), CALLERS, 2)) {
                load.awaitFaults(REFUSED);
                assertThat(load.acked()).isZero();
            }
            assertThat(full.injected()).isPositive();
            assertThat(client.health()).isEqualTo(ServingStatus.SERVING);
            site.assertSound(client);
            server.kill();
            site.awaitFollowersEnd();
        }
        site.settleAndStop();
        site.assertVerified();
        assertThat(site.journal().count(Fate.STORED)).isGreaterThanOrEqualTo(ACKED);
        System.out.printf(
                "started on a full disk: %s; STORAGE_FULL %d times%n",
                site.journal().summary(), site.journal().countAnswered("STORAGE_FULL"));
    }

    @Test
    void a_server_that_cannot_open_its_store_says_so_in_one_line() throws IOException, InterruptedException {
        Site site = new Site(folder);
        loadAndKill(site);
        Strace full = Strace.injecting(folder.resolve("strace"), "pwrite64", "ENOSPC", "1+");
        FinishedProcess serve =
                FinishedProcess.run(JavaCommand.serve(site.data()).words(full), folder);
        assertThat(serve.exitCode()).isNotZero();
        assertThat(serve.output()).doesNotContain("foldlog ready");
        assertThat(serve.log().lines().filter(line -> line.startsWith("foldlog: ")))
                .hasSize(1);
        assertThat(serve.log()).doesNotContain("\tat ");
        site.settleAndStop();
        site.assertVerified();
        System.out.printf(
                "refused to start: %s%s%n", serve.log(), site.journal().summary());
    }

    private static void loadAndKill(Site site) throws IOException {
        try (ServerProcess server = site.start();
                ServerClient client = server.client();
                Load load = Load.start(client, site.journal(), CALLERS, 1)) {
            load.awaitAcked(ACKED);
            server.kill();
        }
    }
}
