/** How the suites speak to a server: calls with deadlines, subscriptions, refusals, events, barriers. */
@NullMarked
package dev.foldlog.conformance.wire;

import org.jspecify.annotations.NullMarked;
