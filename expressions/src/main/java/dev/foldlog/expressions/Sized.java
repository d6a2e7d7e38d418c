package dev.foldlog.expressions;

/** A value whose size is known without looking through it. */
interface Sized {
    /** Characters that it takes as JSON text, about. */
    long jsonChars();
}
