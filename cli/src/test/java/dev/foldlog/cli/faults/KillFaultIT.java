package dev.foldlog.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.faults.client.Attempt;
import dev.foldlog.cli.faults.client.Attempt.Fate;
import dev.foldlog.cli.faults.client.Counts;
import dev.foldlog.cli.faults.client.Journal.Retries;
import dev.foldlog.cli.faults.client.Load;
import dev.foldlog.cli.faults.client.ServerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KillFaultIT {
    private static final int KILLS = 20;
    private static final int ACKED_MIN = 1_000;
    private static final int ACKED_SPREAD = 300;
    private static final int CALLERS = 32;
    private static final int REBUILT_EVERY = 2;
    private static final int VERIFIED_EVERY = 5;
    private static final long SEED = 20260101;

    @TempDir
    private Path folder;

    @Test
    void a_server_killed_under_load_loses_nothing_that_it_acknowledged() throws IOException, InterruptedException {
        Site site = new Site(folder);
        Random random = new Random(SEED);
        int found = 0;
        int kills = 0;
        for (int round = 1; kills < KILLS; round++) {
            assertThat(round)
                    .as("rounds, for those in which an append was in flight")
                    .isLessThanOrEqualTo(2 * KILLS);
            Killed killed = settleLoadAndKill(site, new Round(round, ACKED_MIN + random.nextInt(ACKED_SPREAD)));
            found += killed.found;
            kills += killed.inFlight > 0 ? 1 : 0; // it may have struck just when all had been answered
            if (round % VERIFIED_EVERY == 0) {
                site.assertVerified(); // what the kill left, before any server has put it in order
            }
        }
        found += site.settleAndStop();
        site.assertVerified();
        assertThat(site.journal().count(Fate.STORED)).isGreaterThanOrEqualTo(KILLS * ACKED_MIN);
        assertThat(site.journal().count(Fate.ABSENT)).as("conflicts").isPositive();
        System.out.printf(
                "%d kills: %s, %d events; %d appends were stored though nobody had been told%n",
                KILLS, site.journal().summary(), site.inspection().stored(), found);
    }

    /** Checks what the kill before left, then loads and kills anew. */
    private static Killed settleLoadAndKill(Site site, Round round) throws IOException {
        try (ServerProcess server = site.start();
                ServerClient client = server.client()) {
            site.follow(client);
            Counts.make(client);
            Retries retries = site.settle(client);
            long inFlight = loadAndKill(site, server, client, round);
            System.out.printf(
                    "kill %d: %s after the last; %s, %d in flight now%n",
                    round.number, retries, site.journal().summary(), inFlight);
            return new Killed(inFlight, retries.found());
        }
    }

    /** Kills the server under load; how many appends were on their way and got no answer. */
    private static long loadAndKill(Site site, ServerProcess server, ServerClient client, Round round) {
        try (Load load = Load.start(client, site.journal(), CALLERS, round.number)) {
            load.awaitAcked(round.acked);
            if (round.number % REBUILT_EVERY == 0) {
                Counts.rebuild(client); // so that the kill strikes in the middle of one
            }
            List<Attempt> inFlight = load.inFlight();
            server.kill();
            load.awaitEnd();
            site.awaitFollowersEnd();
            return inFlight.stream()
                    .filter(attempt -> attempt.fate() == Fate.OPEN)
                    .count();
        }
    }

    private record Round(int number, int acked) {}

    /** What was in flight at a kill, and what of the kill before had been stored though nobody had been told. */
    private record Killed(long inFlight, int found) {}
}
