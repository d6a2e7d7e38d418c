package dev.foldlog.store.sqlite;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The commands that wait for the writer: bounded by number and by bytes, first come first served. Thread-safe. */
final class WriteQueue {
    /** Judging a condition holds the writer up as storing so many events does, or less. */
    private static final int CONDITION_AS_EVENTS = 4;

    private final int commandsMax;
    private final long bytesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final ArrayDeque<WriteCommand> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private int reserved;

    @GuardedBy("lock")
    private long bytes;

    @GuardedBy("lock")
    private boolean isClosed;

    @GuardedBy("lock")
    private boolean isAbandoned;

    WriteQueue(int commandsMax, long bytesMax) {
        this.commandsMax = commandsMax;
        this.bytesMax = bytesMax;
    }

    /** Lets a command in. One that is larger than the queue gets in alone. */
    Admission offer(WriteCommand command) {
        lock.lock();
        try {
            Admission admission = admission(command.sizeBytes());
            if (admission == Admission.ACCEPTED) {
                waiting.add(command);
                bytes += command.sizeBytes();
                changed.signal();
            }
            return admission;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keeps a place for a command that is still being prepared, so that those are bounded too; then comes
     * {@link #enter} or {@link #release}.
     */
    Admission reserve(long sizeBytes) {
        lock.lock();
        try {
            Admission admission = admission(sizeBytes);
            if (admission == Admission.ACCEPTED) {
                reserved++;
                bytes += sizeBytes;
            }
            return admission;
        } finally {
            lock.unlock();
        }
    }

    /** Lets a command into its reserved place, also when the queue was closed meanwhile; false when it is abandoned. */
    boolean enter(WriteCommand command) {
        lock.lock();
        try {
            reserved--;
            if (isAbandoned) {
                return false;
            }
            waiting.add(command);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a reserved place back. */
    void release(long sizeBytes) {
        lock.lock();
        try {
            reserved--;
            bytes -= sizeBytes;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for commands and takes as many as fit a group; none when the queue is closed and empty. */
    List<WriteCommand> take(Group group) throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !(isClosed && reserved == 0)) {
                changed.await();
            }
            List<WriteCommand> taken = new ArrayList<>();
            long events = 0;
            long size = 0;
            while (!waiting.isEmpty() && taken.size() < group.commandsMax) {
                WriteCommand next = waiting.peek();
                events += next.events() + (long) CONDITION_AS_EVENTS * next.conditions();
                size += next.sizeBytes();
                if (!taken.isEmpty() && (events > group.eventsMax || size > group.bytesMax)) {
                    break;
                }
                taken.add(waiting.remove());
                bytes -= next.sizeBytes();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Lets no more in; what waits, or has its place, can still be taken. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes it for good: what waits is handed out and nothing can enter. */
    List<WriteCommand> abandon() {
        lock.lock();
        try {
            isClosed = true;
            isAbandoned = true;
            List<WriteCommand> left = new ArrayList<>(waiting);
            waiting.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private Admission admission(long sizeBytes) {
        if (isClosed) {
            return Admission.CLOSED;
        }
        int commands = waiting.size() + reserved;
        boolean isTooMuch = bytes + sizeBytes > bytesMax && commands > 0;
        return commands >= commandsMax || isTooMuch ? Admission.FULL : Admission.ACCEPTED;
    }

    /** What became of an offer. */
    enum Admission {
        ACCEPTED,
        FULL,
        CLOSED
    }

    /**
     * How much one transaction may take; a single command may be more.
     *
     * @param eventsMax events, and conditions at {@link #CONDITION_AS_EVENTS} each
     */
    record Group(int commandsMax, int eventsMax, long bytesMax) {}
}
