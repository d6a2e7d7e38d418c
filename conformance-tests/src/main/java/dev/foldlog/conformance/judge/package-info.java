/** The kit as a program: it judges any running server, or our own backends, and prints a table. */
@NullMarked
package dev.foldlog.conformance.judge;

import org.jspecify.annotations.NullMarked;
