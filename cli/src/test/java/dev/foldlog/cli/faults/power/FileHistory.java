package dev.foldlog.cli.faults.power;

import dev.foldlog.cli.faults.power.DiskOp.Unlink;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One file of a disk: what is certainly on it, and after that, in the order in which they were done, the
 * writes of which one at least is not certain. Confined to one thread.
 */
final class FileHistory {
    private enum State {
        /** Written, and the next sync makes it certain. */
        PENDING,
        /** A sync failed over it: whether it is on the disk, no later sync changes. */
        DOOMED,
        CERTAIN
    }

    private record Entry(DiskOp op, State state) {}

    private FileImage base;
    private List<Entry> entries = new ArrayList<>();

    FileHistory(byte[] certain) {
        this.base = new FileImage(certain);
    }

    void add(DiskOp op) {
        entries.add(new Entry(op, State.PENDING));
    }

    void sync() {
        settle(entries.size(), State.CERTAIN);
    }

    void failSync() {
        settle(entries.size(), State.DOOMED);
    }

    /** The names of a folder were synced: a removal is certain from now on. */
    void syncName() {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).op instanceof Unlink) {
                settle(i + 1, State.CERTAIN);
                return;
            }
        }
    }

    /** The file as a power loss may leave it. */
    byte[] left(Loss loss, RandomGenerator random) {
        // What a failed sync left behind and what is pending are lost or kept apart from each other.
        Iterator<@Nullable DiskOp> doomed = loss.kept(ops(State.DOOMED), random).iterator();
        Iterator<@Nullable DiskOp> pending =
                loss.kept(ops(State.PENDING), random).iterator();
        FileImage image = base.copy();
        for (Entry entry : entries) {
            DiskOp kept = switch (entry.state) {
                case CERTAIN -> entry.op;
                case DOOMED -> doomed.next();
                case PENDING -> pending.next();
            };
            if (kept != null) {
                image.apply(kept);
            }
        }
        return image.bytes();
    }

    private List<DiskOp> ops(State state) {
        return entries.stream()
                .filter(entry -> entry.state == state)
                .map(Entry::op)
                .toList();
    }

    private void settle(int count, State state) {
        for (int i = 0; i < count; i++) {
            Entry entry = entries.get(i);
            if (entry.state == State.PENDING) {
                entries.set(i, new Entry(entry.op, state));
            }
        }
        forget();
    }

    /** Takes what is certain from the front, and all that came before a certain removal. */
    private void forget() {
        int from = 0;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).state == State.CERTAIN && entries.get(i).op instanceof Unlink) {
                base = new FileImage(new byte[0]);
                from = i + 1;
            }
        }
        while (from < entries.size() && entries.get(from).state == State.CERTAIN) {
            base.apply(entries.get(from).op);
            from++;
        }
        entries = new ArrayList<>(entries.subList(from, entries.size()));
    }
}
