/** Tests of the commands from the outside: arguments in, streams and exit code out. */
@NullMarked
package dev.foldlog.cli;

import org.jspecify.annotations.NullMarked;
