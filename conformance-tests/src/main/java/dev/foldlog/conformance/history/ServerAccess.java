package dev.foldlog.conformance.history;

import io.grpc.Channel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The way to a server that may be replaced while clients use it. Thread-safe. */
public final class ServerAccess {
    private static final int WAIT_SECONDS = 120;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition replaced = lock.newCondition();
    private Channel channel;

    public ServerAccess(Channel channel) {
        this.channel = channel;
    }

    /** The channel to the server as it runs now. */
    Channel channel() {
        lock.lock();
        try {
            return channel;
        } finally {
            lock.unlock();
        }
    }

    /** The server runs anew and is reached by this channel. */
    public void replace(Channel other) {
        lock.lock();
        try {
            channel = other;
            replaced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until this channel has been replaced. */
    void awaitOther(Channel failed) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (channel.equals(failed)) {
                if (left <= 0) {
                    throw new IllegalStateException("the server did not come back in " + WAIT_SECONDS + " s");
                }
                left = replaced.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
