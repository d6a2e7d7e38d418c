package dev.foldlog.core.read;

/** Direction of a read. */
public enum Direction {
    FORWARD,
    BACKWARD
}
