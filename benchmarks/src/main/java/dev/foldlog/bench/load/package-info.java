/** What is sent and how: seeded events, requests built beforehand, callers that wait and callers at a rate. */
@NullMarked
package dev.foldlog.bench.load;

import org.jspecify.annotations.NullMarked;
