/** What a command sees of the outside: streams, environment, time, signals, exit codes, progress. */
@NullMarked
package dev.foldlog.cli.shell;

import org.jspecify.annotations.NullMarked;
