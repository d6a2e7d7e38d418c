package dev.foldlog.core.event;

/** Who chose an event's id: it decides whether the id can be known already, and what a clash means. */
public enum IdOrigin {
    /** The client gave it: a repeat is answered as a replay. */
    CLIENT,
    /** Derived from the request's id and the event's index: a clash means that the request id was reused. */
    REQUEST,
    /** Made by the server just now, so no stored event can have it. */
    SERVER
}
