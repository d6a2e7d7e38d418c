/** Processes under test: starting them, and what the kernel says that they cost. */
@NullMarked
package dev.foldlog.bench.process;

import org.jspecify.annotations.NullMarked;
