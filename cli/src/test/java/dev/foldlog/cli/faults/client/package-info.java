/** What the fault tests know of a server: calls over the stubs, a journal of what was answered, the invariants. */
@NullMarked
package dev.foldlog.cli.faults.client;

import org.jspecify.annotations.NullMarked;
