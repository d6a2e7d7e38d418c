package dev.foldlog.cli.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read from a stream. The count may be read by any thread. */
final class CountingInputStream extends FilterInputStream {
    private volatile long count;

    CountingInputStream(InputStream stream) {
        super(stream);
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        counted(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        counted(Math.max(0, n));
        return n;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads from the stream
    private void counted(int n) {
        count += n;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Never 0 before the end: a decompressor takes 0 for the end of a file of several members. */
    @Override
    public int available() throws IOException {
        return Math.max(1, super.available());
    }
}
