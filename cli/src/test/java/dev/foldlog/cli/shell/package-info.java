/** Tests of progress and output. */
@NullMarked
package dev.foldlog.cli.shell;

import org.jspecify.annotations.NullMarked;
