/** Fault tests: a server as a real process that is killed, or whose disk fails, under load. */
@NullMarked
package dev.foldlog.cli.faults;

import org.jspecify.annotations.NullMarked;
