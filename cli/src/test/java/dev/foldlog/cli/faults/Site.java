package dev.foldlog.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.faults.client.Follower;
import dev.foldlog.cli.faults.client.Inspection;
import dev.foldlog.cli.faults.client.Journal;
import dev.foldlog.cli.faults.client.Journal.Retries;
import dev.foldlog.cli.faults.client.ServerClient;
import dev.foldlog.cli.faults.client.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One data folder over the life of many servers, with everything that is known of it outside of them: the
 * journal, the followers, what was seen at the last look. Confined to the test's thread.
 */
final class Site {
    private final Path folder;
    private final Journal journal = new Journal();
    private final List<Follower> followers = List.of(Follower.ofAll(), Follower.ofNew(), Follower.ofAction("approve"));
    private final Inspection inspection = new Inspection(journal, followers);

    /** A site in an empty folder. */
    Site(Path folder) {
        this.folder = folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path folder() {
        return folder;
    }

    Journal journal() {
        return journal;
    }

    Inspection inspection() {
        return inspection;
    }

    ServerProcess start() throws IOException {
        return ServerProcess.start(JavaCommand.serve(data()), folder);
    }

    ServerProcess start(Strace strace) throws IOException {
        return ServerProcess.start(JavaCommand.serve(data()), strace, folder);
    }

    void follow(ServerClient client) {
        followers.forEach(follower -> follower.follow(client));
    }

    void awaitFollowersEnd() {
        followers.forEach(Follower::awaitEnd);
    }

    /** Asserts every invariant, asks again for what is open, and asserts every invariant anew. */
    Retries settle(ServerClient client) {
        assertSound(client);
        Retries retries = journal.retryOpen(client);
        assertThat(journal.open()).as("open after they were retried").isEmpty();
        assertSound(client);
        return retries;
    }

    /** Starts a server, settles everything, lets it stop; how many open appends were found to be stored. */
    int settleAndStop() throws IOException {
        try (ServerProcess server = start();
                ServerClient client = server.client()) {
            follow(client);
            Retries retries = settle(client);
            assertThat(server.stop()).as(server.log()).isZero();
            awaitFollowersEnd();
            return retries.found();
        }
    }

    void assertSound(ServerClient client) {
        List<Violation> violations = inspection.violations(client);
        assertThat(violations).as("violations of what must hold").isEmpty();
    }

    /** Runs the offline check in a process of its own. */
    void assertVerified() throws IOException, InterruptedException {
        FinishedProcess verify = FinishedProcess.run(JavaCommand.verify(data()).words(), folder);
        assertThat(verify.exitCode()).as(verify.output() + verify.log()).isZero();
    }
}
