package dev.foldlog.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.faults.client.Load;
import dev.foldlog.cli.faults.client.ServerClient;
import dev.foldlog.cli.faults.client.Violation;
import dev.foldlog.cli.faults.client.Violation.Rule;
import dev.foldlog.server.ReusingServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control: a store that goes on with its connection after an error must be caught by the same check. */
final class ReusedConnectionFaultIT {
    private static final int CALLERS = 32;
    private static final int ACKED_AFTERWARDS = 200;

    @TempDir
    private Path folder;

    @Test
    void a_failed_sync_is_caught() throws IOException {
        assertThat(rulesBroken("fsync,fdatasync", "EIO", "60..62")).isNotEmpty();
    }

    @Test
    void a_failed_write_is_caught() throws IOException {
        assertThat(rulesBroken("pwrite64", "EIO", "900..903")).isNotEmpty();
    }

    @Test
    void a_full_disk_is_caught() throws IOException {
        assertThat(rulesBroken("pwrite64", "ENOSPC", "900..940")).isNotEmpty();
    }

    private Set<Rule> rulesBroken(String calls, String error, String when) throws IOException {
        Site site = new Site(folder);
        Strace strace = Strace.injecting(folder.resolve("strace"), calls, error, when);
        JavaCommand reusing = JavaCommand.serve(site.data()).by(ReusingServer.class);
        try (ServerProcess server = ServerProcess.start(reusing, strace, folder);
                ServerClient client = server.client()) {
            try (Load load = Load.start(client, site.journal(), CALLERS, 1)) {
                load.awaitFaults(1);
                load.awaitAcked(load.acked() + ACKED_AFTERWARDS);
            }
            assertThat(strace.injected()).isPositive();
            server.kill();
        }
        return look(site, calls + ' ' + error);
    }

    /** What the check finds after a restart by a sound server. */
    private static Set<Rule> look(Site site, String what) throws IOException {
        try (ServerProcess server = site.start();
                ServerClient client = server.client()) {
            List<Violation> violations = site.inspection().violations(client);
            Set<Rule> rules = EnumSet.noneOf(Rule.class);
            violations.forEach(violation -> rules.add(violation.rule()));
            System.out.printf(
                    "the control under %s: %s; %d violations: %s%n",
                    what, site.journal().summary(), violations.size(), rules);
            return rules;
        }
    }
}
