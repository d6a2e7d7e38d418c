package dev.foldlog.server.grpc.stream;

import dev.foldlog.server.Limits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes that all streams of a server together may have on their way: pages read, and messages that the
 * transport holds because their clients do not take them. A stream gets a share before it reads a page,
 * for the largest there can be, keeps what the message takes, and gives it back when the client took it.
 * Without room it waits. A quarter is for streams whose clients have taken a message before, so those that
 * never read do not stand in the way of those that do.
 *
 * <p>While streams wait, clients that have not taken a message for {@link #PATIENCE} lose their calls,
 * those that hold longest first, as many as are needed. So clients that do not read cannot hold up others
 * for longer, and without others they lose nothing. Thread-safe; callbacks run outside the lock.
 */
final class DeliveryBudget {
    /** How long a client may take over one message while other streams wait for room. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryBudget.class);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final int HEAP_PARTS = 4;
    private static final int KNOWN_PARTS = 4;

    // What an event may take beside its payload: fields, tags and metadata at their limits.
    private static final long ENVELOPE_BYTES_MAX = 64 << 10;

    private final long bytesMax;
    private final long unknownBytesMax;
    private final long reserve;
    private final Timers timers;
    private final Object lock = new Object();
    private final Set<Share> holding = new LinkedHashSet<>();
    private final Queue<Share> known = new ArrayDeque<>();
    private final Queue<Share> unknown = new ArrayDeque<>();
    private boolean isKnownNext = true;
    private boolean isLooking;
    private long used;

    /** A budget of which at most {@code reserve} is needed for one page and the message made of it. */
    DeliveryBudget(long bytesMax, long reserve, Timers timers) {
        this.bytesMax = bytesMax;
        this.unknownBytesMax = bytesMax - bytesMax / KNOWN_PARTS;
        this.reserve = reserve;
        this.timers = timers;
    }

    /** As the limits say, but never more than a quarter of the heap. */
    static DeliveryBudget of(Limits limits, Timers timers) {
        long bytesMax = Math.min(limits.deliveryBytesMax(), Runtime.getRuntime().maxMemory() / HEAP_PARTS);
        long eventBytesMax = Math.max(limits.batchBytesMax(), limits.payloadBytesMax() + ENVELOPE_BYTES_MAX);
        return new DeliveryBudget(bytesMax, 2L * limits.batchBytesMax() + eventBytesMax, timers);
    }

    /**
     * The share of one stream, empty yet.
     *
     * @param onGranted called when it got the room that it waited for
     * @param onCut called when what it holds has to go, and with it the call
     */
    Share share(Runnable onGranted, Runnable onCut) {
        return new Share(onGranted, onCut);
    }

    /** Bytes taken, or set aside for pages being read. */
    long usedBytes() {
        synchronized (lock) {
            return used;
        }
    }

    private boolean hasRoom(boolean isKnown) {
        return used == 0 || used + reserve <= (isKnown ? bytesMax : unknownBytesMax);
    }

    private Queue<Share> queue(boolean isKnown) {
        return isKnown ? known : unknown;
    }

    private int waiting() {
        return known.size() + unknown.size();
    }

    /** Gives room to those who wait, as far as there is any, the two kinds in turn; they are to be told. */
    private List<Share> serve() {
        List<Share> served = new ArrayList<>(0);
        while (isServable(isKnownNext) || isServable(!isKnownNext)) {
            boolean isKnown = isServable(isKnownNext) == isKnownNext;
            isKnownNext = !isKnown;
            Share next = queue(isKnown).remove();
            next.grant();
            served.add(next);
        }
        return served;
    }

    private boolean isServable(boolean isKnown) {
        return !queue(isKnown).isEmpty() && hasRoom(isKnown);
    }

    private void lookLater() {
        if (!isLooking && waiting() > 0) {
            isLooking = true;
            timers.after(LOOK_INTERVAL, this::look);
        }
    }

    private void look() {
        List<Share> overdue;
        synchronized (lock) {
            isLooking = false;
            overdue = overdue();
            lookLater();
        }
        if (!overdue.isEmpty()) {
            LOG.warn(
                    "calls ended: {}, whose clients took no message for {} s while others waited for room",
                    overdue.size(),
                    PATIENCE.toSeconds());
        }
        overdue.forEach(it -> it.onCut.run());
    }

    /** Those to be cut: the oldest, until there is room for all who wait. */
    private List<Share> overdue() {
        long missing = waiting() * reserve - ((known.isEmpty() ? unknownBytesMax : bytesMax) - used);
        for (Share share : holding) {
            missing -= share.isCut ? share.bytes : 0;
        }
        List<Share> overdue = new ArrayList<>();
        for (Share share : holding) {
            if (missing <= 0 || timers.nanos() - share.heldSinceNanos < PATIENCE.toNanos()) {
                break;
            }
            if (!share.isCut) {
                share.isCut = true;
                missing -= share.bytes;
                overdue.add(share);
            }
        }
        return overdue;
    }

    private enum State {
        EMPTY,
        WAITING,
        GRANTED,
        HOLDING,
        CLOSED
    }

    /** What one stream has of the budget. Thread-safe; but for {@link #close}, for the stream's steps. */
    final class Share {
        private final Runnable onGranted;
        private final Runnable onCut;
        private State state = State.EMPTY;
        private long bytes;
        private long heldSinceNanos;
        private boolean isKnown;
        private boolean isCut;

        private Share(Runnable onGranted, Runnable onCut) {
            this.onGranted = onGranted;
            this.onCut = onCut;
        }

        /** Whether there is room for a page; if not, the stream is told when there is. */
        boolean acquire() {
            synchronized (lock) {
                if (state == State.EMPTY && queue(isKnown).isEmpty() && hasRoom(isKnown)) {
                    grant();
                } else if (state == State.EMPTY) {
                    state = State.WAITING;
                    queue(isKnown).add(this);
                    lookLater();
                }
                return state == State.GRANTED;
            }
        }

        /** Keeps so many bytes, in place of what it had, until they are taken. */
        void hold(long held) {
            change(() -> {
                used += held - bytes;
                bytes = held;
                state = State.HOLDING;
                heldSinceNanos = timers.nanos();
                holding.remove(this);
                holding.add(this);
            });
        }

        /** The client took the message at once. */
        void taken() {
            change(() -> {
                isKnown = true;
                empty(State.EMPTY);
            });
        }

        /** The client is ready: if something was held, it has been taken. */
        void settle() {
            if (isIn(State.HOLDING)) {
                taken();
            }
        }

        /** Gives back room that was not used. */
        void giveBack() {
            if (isIn(State.GRANTED)) {
                change(() -> empty(State.EMPTY));
            }
        }

        /** No page is to be read any more; what is held stays until {@link #close}. */
        void finish() {
            if (!isIn(State.HOLDING)) {
                close();
            }
        }

        /** The call is over, and nothing of it is left anywhere. */
        void close() {
            change(() -> empty(State.CLOSED));
        }

        private boolean isIn(State expected) {
            synchronized (lock) {
                return state == expected;
            }
        }

        private void change(Runnable change) {
            List<Share> served;
            synchronized (lock) {
                if (state == State.CLOSED) {
                    return;
                }
                change.run();
                served = serve();
            }
            served.forEach(it -> it.onGranted.run());
        }

        private void grant() {
            state = State.GRANTED;
            bytes = reserve;
            used += reserve;
        }

        private void empty(State next) {
            if (state == State.WAITING) {
                queue(isKnown).remove(this);
            }
            holding.remove(this);
            used -= bytes;
            bytes = 0;
            state = next;
        }
    }
}
