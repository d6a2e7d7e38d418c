package dev.foldlog.cli.faults.client;

/** Something that must not be. */
public record Violation(Rule rule, String what) {
    /** What holds whatever fails. */
    public enum Rule {
        ACKNOWLEDGED_IS_STORED,
        STORED_IS_WHAT_WAS_SENT,
        APPEND_IS_WHOLE_OR_ABSENT,
        REFUSED_IS_ABSENT,
        ID_IS_STORED_ONCE,
        ANSWERS_AGREE,
        POSITIONS_GROW,
        SEQUENCES_ARE_CONTIGUOUS,
        RECORDED_TIME_NEVER_GOES_BACK,
        HISTORY_STAYS,
        SUBSCRIBER_SEES_ALL_IN_ORDER,
        PROJECTION_IS_THE_FOLD,
        CALLS_END,
        NOTHING_FOREIGN
    }
}
