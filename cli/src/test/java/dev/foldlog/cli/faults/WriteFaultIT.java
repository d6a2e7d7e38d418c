package dev.foldlog.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.faults.client.Attempt.Fate;
import dev.foldlog.cli.faults.client.Journal.Retries;
import dev.foldlog.cli.faults.client.Load;
import dev.foldlog.cli.faults.client.ServerClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that fail for a while: the store throws its connection away and goes on with another. */
final class WriteFaultIT {
    private static final int CALLERS = 32;
    private static final int ACKED_AFTERWARDS = 400;

    @TempDir
    private Path folder;

    @Test
    void an_io_error_in_a_write_is_an_unknown_outcome_and_the_store_goes_on() throws IOException, InterruptedException {
        Site site = new Site(folder);
        for (int failing : new int[] {900, 1_501, 2_202}) {
            harm(site, "EIO", failing + ".." + (failing + 3));
        }
        site.settleAndStop();
        site.assertVerified();
        assertThat(site.journal().countAnswered("OUTCOME_UNKNOWN")).isPositive();
        assertThat(site.journal().count(Fate.STORED)).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void a_full_disk_refuses_appends_or_leaves_them_unknown_until_there_is_space()
            throws IOException, InterruptedException {
        Site site = new Site(folder);
        for (int failing : new int[] {900, 1_501, 2_202}) {
            harm(site, "ENOSPC", failing + ".." + (failing + 40));
        }
        site.settleAndStop();
        site.assertVerified();
        assertThat(site.journal().countAnswered("STORAGE_FULL")).isPositive();
        assertThat(site.journal().count(Fate.STORED)).isGreaterThanOrEqualTo(1_000);
    }

    /** Lets writes fail under load, waits until the load is served again, then ends the server without warning. */
    private static void harm(Site site, String error, String when) throws IOException {
        Strace strace = Strace.injecting(site.folder().resolve("strace-" + when), "pwrite64", error, when);
        try (ServerProcess server = site.start(strace);
                ServerClient client = server.client()) {
            site.follow(client);
            loadThroughFault(site, client, when.hashCode());
            assertThat(strace.injected()).as("writes that failed").isPositive();
            Retries retries = site.settle(client);
            System.out.printf(
                    "writes %s failed with %s: %s; retried: %s; STORAGE_FULL %d times, OUTCOME_UNKNOWN %d times%n",
                    when,
                    error,
                    site.journal().summary(),
                    retries,
                    site.journal().countAnswered("STORAGE_FULL"),
                    site.journal().countAnswered("OUTCOME_UNKNOWN"));
            server.kill();
            site.awaitFollowersEnd();
        }
    }

    private static void loadThroughFault(Site site, ServerClient client, int seed) {
        try (Load load = Load.start(client, site.journal(), CALLERS, seed)) {
            load.awaitFaults(1);
            load.awaitAcked(load.acked() + ACKED_AFTERWARDS);
        }
    }
}
