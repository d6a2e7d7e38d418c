package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.projection.AppendParticipant;
import dev.foldlog.core.projection.Participation;
import dev.foldlog.core.store.CorruptionException;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.store.sqlite.FaultResponse.Verdict;
import dev.foldlog.store.sqlite.WriteCommand.AppendEvents;
import dev.foldlog.store.sqlite.WriteCommand.ChangeProjections;
import dev.foldlog.store.sqlite.WriteCommand.DeleteCheckpoint;
import dev.foldlog.store.sqlite.WriteCommand.MoveCheckpoint;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: takes what waits, judges it in order inside one transaction, commits, and answers all of
 * it after the commit returned (group commit). Runs on a thread of its own until its queue is closed and
 * empty, or the store has failed.
 *
 * <p>States: <em>writing</em> (a session is open) → on any SQL error <em>without session</em> (thrown
 * away; the next group opens another and reads the head anew) → writing; or, on a fatal error,
 * <em>failed</em>: everything that waits or comes is refused, and only a restart, which recovers from the
 * file, leads on.
 */
final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final WriteQueue.Group GROUP = new WriteQueue.Group(1_024, 8_192, 16L << 20);

    /** How long the end waits for a checkpoint under way, and then for readers. */
    private static final int CLOSING_MILLIS = 2_000;

    private final WriteQueue queue;
    private final Sessions sessions;
    private final InstantSource clock;
    private final FaultResponse faults;
    private final Listener listener;
    private final AppendParticipant participant;
    private final WalMover mover;
    private final WalKeeper wal;
    private @Nullable WriterSession session;
    private boolean isFailed;
    private @Nullable ErrorCode failing;

    Writer(WriteQueue queue, WriterSession session, Surroundings surroundings) {
        this.queue = queue;
        this.session = session;
        this.sessions = surroundings.sessions;
        this.clock = surroundings.clock;
        this.faults = surroundings.faults;
        this.listener = surroundings.listener;
        this.participant = surroundings.participant;
        this.mover = surroundings.mover;
        this.wal = new WalKeeper(mover);
    }

    @Override
    public void run() {
        boolean isOrderly = false;
        try {
            List<WriteCommand> group = queue.take(GROUP);
            while (!group.isEmpty()) {
                process(group);
                group = queue.take(GROUP);
            }
            emptyWal();
            isOrderly = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!isOrderly) {
                stopServing();
            }
            // Whatever ended it: nobody is left waiting for an answer.
            refuse(queue.abandon(), new StoreException(ErrorCode.UNAVAILABLE, "the writer has ended"));
            closeSession();
            mover.end();
        }
    }

    private void process(List<WriteCommand> group) {
        if (mover.hasFailed() && !isFailed) {
            closeSession();
            stopServing();
        }
        if (isFailed) {
            refuse(group, new StoreException(ErrorCode.UNAVAILABLE, "the store has failed"));
            return;
        }
        Transaction transaction = new Transaction();
        try {
            transaction.run(openSession(), group);
        } catch (Throwable e) { // an Error too: its callers wait, and the connection must go
            transaction.fail(group, e);
            return;
        }
        if (failing != null && transaction.isCommitting) {
            LOG.info("transactions succeed again");
            failing = null;
        }
        transaction.answer();
        keepWal();
    }

    /** A fault that goes on, such as a full disk, is said when it begins and when it is over. */
    private void logOnce(ErrorCode fault, Throwable cause) {
        if (failing != fault) {
            LOG.error("transactions fail ({}); said once until one succeeds", fault, cause);
            failing = fault;
        }
    }

    private WriterSession openSession() throws SQLException {
        if (session == null) {
            session = sessions.open();
            // What a failed commit left behind counts from now on, if it is there.
            listener.committed(session.last());
        }
        return session;
    }

    /** After the answers, so that nobody waits for it. */
    private void keepWal() {
        if (session == null || mover.hasFailed()) {
            return;
        }
        try {
            wal.keep(session);
        } catch (SQLException | RuntimeException e) {
            LOG.error("a checkpoint of the write-ahead log failed", e);
            respond(faults.judge(SqliteFaults.sqlCause(e), false));
        }
    }

    /** At the end, so that the database file alone holds everything. What fails here is made up for at the next start. */
    private void emptyWal() {
        if (session == null) {
            return;
        }
        try {
            if (mover.awaitIdle(CLOSING_MILLIS)) {
                session.empty(CLOSING_MILLIS);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("the last checkpoint of the write-ahead log failed", e);
        }
    }

    private void respond(Verdict verdict) {
        if (verdict.isEviction()) {
            closeSession();
        }
        if (verdict.isFatal()) {
            stopServing();
        }
    }

    private void stopServing() {
        isFailed = true;
        LOG.error("the store has failed: it answers nothing until it is restarted, and recovers from its file then");
        listener.failed();
    }

    private void closeSession() {
        WriterSession open = session;
        session = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (SQLException e) {
            LOG.warn("the writer's connection did not close cleanly", e);
        }
    }

    private static void refuse(List<WriteCommand> commands, StoreException why) {
        commands.forEach(command -> command.answer().completeExceptionally(why));
    }

    /** One group commit. Answers are held until the commit has returned. */
    private final class Transaction {
        private final List<Runnable> answers = new ArrayList<>();
        private Participation participation = Participation.NONE;
        private boolean isCommitting;
        private Position before = Position.NONE;
        private Position after = Position.NONE;

        void run(WriterSession open, List<WriteCommand> group) throws SQLException {
            before = open.last();
            open.begin();
            participation = participant.begin(open.tables());
            CheckpointJudge checkpoints = new CheckpointJudge(open);
            Instant now = clock.instant();
            for (WriteCommand command : group) {
                if (!command.answer().isDone()) {
                    judge(command, new AppendJudge(open, checkpoints, participation, now), checkpoints, now);
                }
            }
            participation.flush();
            if (!open.hasChanges()) {
                open.rollback();
                participation.committed();
                return;
            }
            open.flush();
            after = open.last();
            isCommitting = true;
            open.commit();
            participation.committed();
            listener.committed(open.last());
        }

        private void judge(WriteCommand command, AppendJudge appends, CheckpointJudge checkpoints, Instant now)
                throws SQLException {
            switch (command) {
                case AppendEvents append -> hold(append.answer(), () -> appends.judge(append));
                case MoveCheckpoint move ->
                    hold(move.answer(), () -> {
                        CheckpointOutcome.Refused refused = checkpoints.refusal(move.move());
                        return refused != null
                                ? refused
                                : new CheckpointOutcome.Moved(checkpoints.move(move.move(), now));
                    });
                case ChangeProjections<?> change -> holdChange(change);
                case DeleteCheckpoint delete -> hold(delete.answer(), () -> checkpoints.delete(delete.name()));
            }
        }

        private <T> void holdChange(ChangeProjections<T> change) throws SQLException {
            hold(change.answer(), () -> {
                participation.flush();
                return change.change().make(openSession().tables());
            });
        }

        /**
         * A damaged event that a command runs into, and a condition over its budget, fail that command alone, which has
         * staged nothing yet; anything else fails the group.
         */
        private <T> void hold(CompletableFuture<T> answer, Judgement<T> judgement) throws SQLException {
            try {
                T outcome = judgement.get();
                answers.add(() -> answer.complete(outcome));
            } catch (StoreException | EvaluationException e) {
                answers.add(() -> answer.completeExceptionally(e));
            }
        }

        void answer() {
            answers.forEach(Runnable::run);
        }

        void fail(List<WriteCommand> group, Throwable cause) {
            // Commands answer for the damage that they meet; this is the newest event, met by opening a session.
            Verdict verdict = cause instanceof CorruptionException
                    ? new Verdict(ErrorCode.CORRUPT, true, true)
                    : faults.judge(SqliteFaults.sqlCause(cause), isCommitting);
            logOnce(verdict.answer(), cause);
            respond(verdict);
            ErrorCode code = verdict.answer() == ErrorCode.STORAGE_FULL && isCommitting && !isSurelyAbsent()
                    ? ErrorCode.OUTCOME_UNKNOWN
                    : verdict.answer();
            refuse(group, new StoreException(code, "the transaction failed", cause));
        }

        /** Whether a look at the file, through a new connection, shows that none of its events was stored. */
        private boolean isSurelyAbsent() {
            try {
                return after.isAfter(before) && openSession().last().equals(before);
            } catch (SQLException | RuntimeException e) {
                LOG.warn("the store cannot be opened after a failed commit", e);
                return false;
            }
        }
    }

    private interface Judgement<T> {
        T get() throws SQLException;
    }

    /** Opens a session on the store's file. */
    interface Sessions {
        WriterSession open() throws SQLException;
    }

    /** Told what the writer did, on its thread. */
    interface Listener {
        void committed(Position head);

        void failed();
    }

    /** What the writer is given. */
    record Surroundings(
            Sessions sessions,
            InstantSource clock,
            FaultResponse faults,
            Listener listener,
            WalMover mover,
            AppendParticipant participant) {}
}
