package dev.foldlog.projections.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.foldlog.core.event.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bus within this process: each listener has a place for the newest position of each topic that waits for it, for a
 * bounded number of topics, and is told on the given threads. Thread-safe.
 */
public final class InProcessBus implements EventBus {
    private static final Logger LOG = LoggerFactory.getLogger(InProcessBus.class);
    private static final int TOPICS_MAX = 1_024;

    private final Executor threads;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    public InProcessBus(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void publish(String topic, Position position) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.pattern.matches(topic)) {
                subscriber.offer(topic, position);
            }
        }
    }

    @Override
    public Listening listen(TopicPattern pattern, BusOptions options, Listener listener) {
        if (options.isDurable()) {
            throw new UnsupportedOperationException(
                    "isDurable: true (expected: false; what must not be missed is read from the log)");
        }
        if (!options.group().isEmpty()) {
            throw new UnsupportedOperationException(
                    "group: " + options.group() + " (expected: none; every listener is told)");
        }
        Subscriber subscriber = new Subscriber(pattern, listener);
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    private final class Subscriber {
        private final TopicPattern pattern;
        private final Listener listener;

        @GuardedBy("this")
        private final Map<String, Position> waiting = new LinkedHashMap<>();

        @GuardedBy("this")
        private boolean isTelling;

        Subscriber(TopicPattern pattern, Listener listener) {
            this.pattern = pattern;
            this.listener = listener;
        }

        void offer(String topic, Position position) {
            synchronized (this) {
                if (waiting.size() < TOPICS_MAX || waiting.containsKey(topic)) {
                    waiting.put(topic, position);
                }
                if (isTelling) {
                    return;
                }
                isTelling = true;
            }
            threads.execute(this::tell);
        }

        private void tell() {
            for (Map<String, Position> taken = take(); !taken.isEmpty(); taken = take()) {
                taken.forEach(this::tell);
            }
        }

        private void tell(String topic, Position position) {
            try {
                listener.heard(topic, position);
            } catch (Throwable e) { // an Error too: a listener left as being told would hear nothing any more
                LOG.warn("a listener to {} failed", pattern.text(), e);
            }
        }

        private synchronized Map<String, Position> take() {
            Map<String, Position> taken = new LinkedHashMap<>(waiting);
            waiting.clear();
            isTelling = !taken.isEmpty();
            return taken;
        }
    }
}
