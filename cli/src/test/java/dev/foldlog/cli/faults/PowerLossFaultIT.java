package dev.foldlog.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.faults.client.ScriptedLoad;
import dev.foldlog.cli.faults.client.Violation;
import dev.foldlog.cli.faults.client.Violation.Rule;
import dev.foldlog.cli.faults.power.CrashStates;
import dev.foldlog.cli.faults.power.CrashStates.Findings;
import dev.foldlog.core.store.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a power cut may leave of a run, at any moment of it. Kills cannot show that: Linux keeps what a
 * killed process has written.
 */
final class PowerLossFaultIT {
    private static final int APPENDS = 300;
    private static final int ACKED_MIN = 250;
    private static final int STATES = 120;
    private static final int CONTROL_STATES = 20;
    private static final long SEED = 20260102;
    private static final List<String> WELL = List.of();

    @TempDir
    private Path folder;

    @Test
    void no_power_cut_loses_what_durability_disk_acknowledged() throws IOException, InterruptedException {
        makeStore(Durability.DISK);
        assertKept(explore(Durability.DISK, STATES, List.of(WELL)));
    }

    @Test
    void the_control_with_durability_process_loses_acknowledged_appends() throws IOException, InterruptedException {
        makeStore(Durability.PROCESS);
        Findings findings = explore(Durability.PROCESS, CONTROL_STATES, List.of(WELL));
        assertThat(findings.violations()).extracting(Violation::rule).contains(Rule.ACKNOWLEDGED_IS_STORED);
    }

    @Test
    void what_a_failed_sync_left_is_on_the_disk_before_a_restarted_server_acknowledges_it()
            throws IOException, InterruptedException {
        makeStore(Durability.DISK);
        Findings findings = explore(Durability.DISK, STATES / 2, List.of(failingSync(30), WELL));
        assertThat(findings.failedSyncs()).isPositive();
        assertKept(findings);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void a_store_that_a_failed_sync_broke_off_while_it_was_made_keeps_what_is_acknowledged_later(int failing)
            throws IOException, InterruptedException {
        Findings findings = explore(Durability.DISK, STATES / 4, List.of(failingSync(failing), WELL));
        assertThat(findings.failedSyncs()).isPositive();
        assertKept(findings);
    }

    private static void assertKept(Findings findings) {
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.ackedMax()).isGreaterThanOrEqualTo(ACKED_MIN);
    }

    private static List<String> failingSync(int when) {
        return List.of("-e", "inject=fsync,fdatasync:error=EIO:when=" + when);
    }

    private void makeStore(Durability durability) throws IOException, InterruptedException {
        FinishedProcess load = FinishedProcess.run(load(data(), durability, 0).words(), folder);
        assertThat(load.exitCode()).as(load.log()).isZero();
    }

    /** Runs the same load on the store once for each list of options of strace, and explores. */
    private Findings explore(Durability durability, int states, List<List<String>> runs)
            throws IOException, InterruptedException {
        CrashStates explorer = CrashStates.from(data(), SEED);
        for (List<String> options : runs) {
            explorer.follow(trace(durability, options));
        }
        return report(durability, explorer.explore(states, APPENDS, folder));
    }

    private static Findings report(Durability durability, Findings findings) {
        System.out.printf(
                "power loss, durability %s: %d states, %d acked, %d syncs failed, %d violations%n",
                durability,
                findings.states(),
                findings.ackedMax(),
                findings.failedSyncs(),
                findings.violations().size());
        return findings;
    }

    /** Runs the load with these options of strace; what it traced. Only a run that nothing was done to must end well. */
    private Path trace(Durability durability, List<String> options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(CrashStates.traceOptions());
        all.addAll(options);
        Strace strace = new Strace(Files.createTempFile(folder, "trace", ".log"), all);
        FinishedProcess load =
                FinishedProcess.run(load(data(), durability, APPENDS).words(strace), folder);
        if (options.equals(WELL)) {
            assertThat(load.exitCode()).as(load.log()).isZero();
        }
        return strace.log();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static JavaCommand load(Path data, Durability durability, int appends) {
        return new JavaCommand(
                ScriptedLoad.class.getName(), List.of(data.toString(), durability.name(), Integer.toString(appends)));
    }
}
