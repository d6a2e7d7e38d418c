package dev.foldlog.server.grpc.stream;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.stream.PendingPage.Cut;
import dev.foldlog.v1.Confirmed;
import dev.foldlog.v1.ErrorReason;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber. Catch-up and live are one loop over the tail of the log, so nothing falls between them:
 * each step runs on the read lane and sends at most one message, from at most one page. A step follows a
 * commit, a readiness of the client, a timer, or a step that left something to do; a commit between a look
 * and the wait after it leads to another step.
 *
 * <p>While the client is not ready nothing is fetched and nothing is sent. So a stalled subscriber keeps
 * here at most one page (batchBytesMax, or one larger event), and in the transport at most one message
 * (the same) and 32 KiB, and all of them together what the delivery budget allows; it reads on from the
 * disk when it is ready again.
 *
 * <pre>
 *   STARTING --Confirmed--> CATCHING_UP --CaughtUp, at the head--> LIVE
 *                               ^                                    |
 *                               +---FellBehind, too far behind-------+
 *   anywhere: cancelled; NOT_READY when server or store stops; failed
 * </pre>
 *
 * Confined to its steps, but for {@link #start}, {@link #wake} and {@link #isReady}.
 */
final class Subscription {
    /** Positions that a live subscriber may be behind the head before it is told that it is not live. */
    static final long LIVE_LAG_MAX = 10_000;

    private enum Phase {
        STARTING,
        CATCHING_UP,
        LIVE
    }

    private final Supplier<SubscriptionPlan> planning;
    private final Outlet outlet;
    private final StreamEnvironment environment;
    private final EventStore store;
    private final Subscriptions subscriptions;
    private final Pulse pulse;
    private final Alarm heartbeat;
    private final Alarm linger;
    private @Nullable SubscriptionPlan planned;
    private Phase phase = Phase.STARTING;
    private StartFilter startFilter = StartFilter.none();
    private @Nullable EventCursor cursor;
    private @Nullable PendingPage pending;
    private boolean isPageLast;
    private Position position = Position.NONE;
    private long filterErrors;
    private long sentAtNanos;

    /** A subscription whose plan is asked for in its first step. */
    Subscription(
            Supplier<SubscriptionPlan> planning,
            Outlet outlet,
            StreamEnvironment environment,
            Subscriptions subscriptions) {
        this.planning = planning;
        this.outlet = outlet;
        this.environment = environment;
        this.store = environment.store();
        this.subscriptions = subscriptions;
        this.pulse = new Pulse(environment.lane(), this::step);
        this.heartbeat = new Alarm(environment.timers(), pulse::signal);
        this.linger = new Alarm(environment.timers(), pulse::signal);
    }

    /** Begins. To be called while the call's handler runs, for handlers can be set only then. */
    void start() {
        outlet.open(pulse);
    }

    /** Makes it look again. */
    void wake() {
        pulse.signal();
    }

    /** Whether a wake-up can lead to anything now; when it is ready again it looks by itself. */
    boolean isReady() {
        return outlet.isReady();
    }

    private void step() {
        if (outlet.isCancelled()) {
            end();
            return;
        }
        try {
            if (outlet.resetIfCut()) {
                return;
            }
            requireServing();
            if (outlet.isReady()) {
                advance();
            }
            outlet.rest();
        } catch (RuntimeException | Error e) {
            end();
            outlet.fail(environment.statuses().toStatus(e));
        }
    }

    private void requireServing() {
        if (subscriptions.isStopping() || !store.isServing()) {
            throw ApiException.of(ErrorReason.ERROR_REASON_NOT_READY, "the server is stopping or its store has failed");
        }
    }

    private void advance() {
        EventCursor tail = cursor;
        PendingPage page = pending;
        if (page == null) {
            outlet.settle();
        }
        if (tail == null) {
            confirm();
        } else if (page != null) {
            deliver(page);
        } else if (phase == Phase.CATCHING_UP && isPageLast && lag() <= LIVE_LAG_MAX) {
            phase = Phase.LIVE;
            send(SubscriptionMessages.caughtUp(position, environment.clock().instant()));
        } else if (phase == Phase.LIVE && lag() > LIVE_LAG_MAX) {
            phase = Phase.CATCHING_UP;
            isPageLast = false;
            send(SubscriptionMessages.fellBehind(position, store.head()));
        } else if (phase == Phase.LIVE && (lag() == 0 || lingers())) {
            beat();
        } else if (outlet.mayRead()) {
            look(tail);
        } else {
            beat();
        }
    }

    private void confirm() {
        Position start = startPosition();
        Position head = store.head();
        Duration interval = plan().heartbeatInterval();
        cursor = store.tail(plan().filter(), start);
        position = start;
        phase = Phase.CATCHING_UP;
        send(SubscriptionMessages.confirmed(
                start,
                Confirmed.newBuilder()
                        .setStoreId(store.storeId().toString())
                        .setStartPosition(start.value())
                        .setHeadPosition(head.value())
                        .setHeartbeatInterval(SubscriptionMessages.duration(interval))
                        .build()));
    }

    private SubscriptionPlan plan() {
        SubscriptionPlan plan = planned;
        if (plan == null) {
            plan = planning.get();
            planned = plan;
        }
        return plan;
    }

    private Position startPosition() {
        return switch (plan().start()) {
            case StartPoint.After after -> after.position();
            case StartPoint.AtCheckpoint at ->
                store.checkpoint(at.name()).map(it -> it.position()).orElse(Position.NONE);
            case StartPoint.RecordedSince since -> {
                startFilter = StartFilter.recordedSince(since.time(), environment.codec());
                yield store.positionBefore(since.time());
            }
        };
    }

    private void look(EventCursor tail) {
        int bytesMax = environment.limits().batchBytesMax();
        Delivery delivery = plan().delivery();
        EventPage page = startFilter.apply(tail.next(delivery.pageLimit(delivery.batchEventsMax(), bytesMax)));
        isPageLast = page.isLast();
        filterErrors += page.failures();
        if (isPageLast) {
            linger.disarm();
        }
        PendingPage found = new PendingPage(page, delivery.encoder(), bytesMax);
        if (found.hasEvents()) {
            deliver(found);
        } else {
            position = later(page.scanned());
            beat();
            pulse.signal();
        }
    }

    private void deliver(PendingPage page) {
        Cut cut = page.cut();
        position = later(cut.scanned());
        pending = page.hasEvents() ? page : null;
        outlet.send(SubscriptionMessages.batch(position, cut.events()), page.keptBytes());
        sent();
    }

    private Position later(Position scanned) {
        return scanned.isAfter(position) ? scanned : position;
    }

    private long lag() {
        return store.head().value() - position.value();
    }

    /** Whether to wait for a fuller batch: not yet full, and not yet for so long as was asked for. */
    private boolean lingers() {
        if (plan().maxLinger().isZero()) {
            return false;
        }
        long full = plan().filter().isAll() ? plan().delivery().batchEventsMax() : LIVE_LAG_MAX / 2;
        if (lag() >= full) {
            return false;
        }
        if (!linger.isArmed()) {
            linger.arm(plan().maxLinger());
        }
        return !linger.isDue();
    }

    /** Sends a heartbeat if one is due, and sees to it that this is looked at again in time. */
    private void beat() {
        long silent = environment.timers().nanos() - sentAtNanos;
        long interval = plan().heartbeatInterval().toNanos();
        if (silent >= interval) {
            send(SubscriptionMessages.heartbeat(
                    position, store.head(), filterErrors, environment.clock().instant()));
        } else if (!heartbeat.isArmed() || heartbeat.isDue()) {
            heartbeat.arm(Duration.ofNanos(interval - silent));
        }
    }

    private void send(EncodedMessage message) {
        outlet.tell(message);
        sent();
    }

    /** After each message: takes another step. */
    private void sent() {
        sentAtNanos = environment.timers().nanos();
        pulse.signal();
    }

    private void end() {
        pulse.stop();
        heartbeat.disarm();
        linger.disarm();
        subscriptions.remove(this);
    }
}
