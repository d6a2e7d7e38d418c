package dev.foldlog.cli.faults.power;

import dev.foldlog.cli.faults.power.DiskOp.Resize;
import dev.foldlog.cli.faults.power.DiskOp.Write;
import java.util.Arrays;

/** The bytes of a file. Confined to one thread. */
final class FileImage {
    private byte[] bytes;
    private int size;

    FileImage(byte[] bytes) {
        this.bytes = bytes;
        this.size = bytes.length;
    }

    FileImage copy() {
        return new FileImage(bytes());
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    void apply(DiskOp op) {
        switch (op) {
            case Write write -> {
                int end = Math.toIntExact(write.offset() + write.bytes().length);
                resize(Math.max(size, end));
                System.arraycopy(write.bytes(), 0, bytes, Math.toIntExact(write.offset()), write.bytes().length);
            }
            case Resize resize -> resize(Math.toIntExact(resize.size()));
            case DiskOp.Unlink _ -> resize(0);
            case DiskOp.Sync _, DiskOp.FailedSync _, DiskOp.FolderSync _, DiskOp.Said _ -> {}
        }
    }

    private void resize(int newSize) {
        if (newSize > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(newSize, 2 * bytes.length));
        }
        if (newSize < size) {
            Arrays.fill(bytes, newSize, size, (byte) 0);
        }
        size = newSize;
    }
}
