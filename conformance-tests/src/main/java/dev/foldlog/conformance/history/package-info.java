/** Histories of concurrent calls, recorded for a checker of linearizability. */
@NullMarked
package dev.foldlog.conformance.history;

import org.jspecify.annotations.NullMarked;
