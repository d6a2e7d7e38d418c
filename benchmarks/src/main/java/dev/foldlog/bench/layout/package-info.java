/** Experiments that decided the layout on disk: each compares tables and settings at the level of JDBC. */
@NullMarked
package dev.foldlog.bench.layout;

import org.jspecify.annotations.NullMarked;
