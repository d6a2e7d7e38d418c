package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendOutcome.Conflict;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.append.Violation.EventMatches;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.Participation;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.store.Durability;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the writer judges conditions on what came after a reader looked at them. */
final class WriterConditionsTest {
    private static final EventFilter NOTHING = Filters.of().artifactIds("none").filter();

    private final HeldCodec codec = new HeldCodec();
    private final RecordingConnections recording = new RecordingConnections();
    private final WriterSession session;

    WriterConditionsTest(@TempDir Path folder) throws SQLException {
        Connection connection = Connections.writing(folder.resolve("foldlog.db"), Durability.PROCESS);
        Migrations.run(connection);
        session = WriterSession.open(recording.recording(connection), codec);
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
    }

    @Test
    void each_event_is_decoded_once_in_a_transaction_and_nothing_is_asked_of_the_database() throws SQLException {
        session.begin();
        judge(EventDraft.append(drafts("a", 4)));
        recording.take();
        for (int i = 0; i < 3; i++) {
            assertThat(judge(event("b" + i).given(nothing(200)))).isInstanceOf(Appended.class);
        }

        assertThat(codec.opened()).isEqualTo(4 + 2);
        assertThat(recording.take()).isEmpty();
    }

    @Test
    void the_first_match_is_found_among_what_was_committed_and_staged_since() throws SQLException {
        session.begin();
        judge(EventDraft.append(event("a").tagged("committed"), event("b").tagged("committed")));
        session.flush();
        session.commit();
        session.begin();
        judge(EventDraft.append(event("c").tagged("staged"), event("d").tagged("staged")));

        assertThat(judge(event("n")
                        .given(
                                tagged("staged", 0),
                                tagged("committed", 0),
                                tagged("committed", 2),
                                tagged("staged", 3))))
                .isEqualTo(new Conflict(List.of(
                        new EventMatches(0, new Position(3)),
                        new EventMatches(1, new Position(1)),
                        new EventMatches(3, new Position(4)))));
        assertThat(judge(event("e").tagged("committed").given(tagged("committed", 2))))
                .isInstanceOf(Appended.class);
        assertThat(judge(event("n").given(tagged("committed", 2))))
                .isEqualTo(new Conflict(List.of(new EventMatches(0, new Position(5)))));
    }

    @Test
    void what_the_reader_looked_at_is_not_looked_at_again() throws SQLException {
        session.begin();
        judge(EventDraft.append(event("a").tagged("t"), event("b").tagged("t")));
        ConditionFindings looked = new ConditionFindings(new Position(2), java.util.Map.of(1, new Position(1)));

        assertThat(judge(event("n").given(tagged("t", 0), tagged("t", 0)), looked))
                .isEqualTo(new Conflict(List.of(new EventMatches(1, new Position(1)))));
    }

    @Test
    void more_than_is_decoded_is_looked_up() throws SQLException {
        session.begin();
        judge(EventDraft.append(event("first"), event("a").tagged("t")));
        judge(EventDraft.append(drafts("m", AppendJudge.DECODED_MAX)));

        assertThat(judge(event("n").given(tagged("t", 0))))
                .isEqualTo(new Conflict(List.of(new EventMatches(0, new Position(2)))));
        assertThat(codec.opened()).isZero();
    }

    private AppendOutcome judge(Append append) throws SQLException {
        return judge(append, ConditionFindings.NONE);
    }

    private AppendOutcome judge(Append append, ConditionFindings looked) throws SQLException {
        return new AppendJudge(session, new CheckpointJudge(session), Participation.NONE, TestClock.START)
                .judge(new WriteCommand.AppendEvents(append, looked, 1, new CompletableFuture<>()));
    }

    private static Precondition tagged(String tag, long after) {
        return new NoneMatching(Filters.of().tags(tag).filter(), new Position(after));
    }

    private static Precondition[] nothing(int count) {
        Precondition[] conditions = new Precondition[count];
        Arrays.fill(conditions, new NoneMatching(NOTHING, Position.NONE));
        return conditions;
    }

    private static List<EventDraft> drafts(String name, int count) {
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drafts.add(event(name + i));
        }
        return drafts;
    }
}
