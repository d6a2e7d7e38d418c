package dev.foldlog.expressions;

/**
 * A JSON integer that no 64-bit number holds. It can be copied and compared for equality, and loses no digit; CEL
 * has no other use for it.
 *
 * @param digits as they stand in the text, with a sign if negative
 */
record LongInteger(String digits) implements Sized {
    @Override
    public long jsonChars() {
        return digits.length();
    }

    @Override
    public String toString() {
        return "an integer of more than 64 bits";
    }
}
