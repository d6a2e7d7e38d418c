/** Tests of how values are written and read. */
@NullMarked
package dev.foldlog.cli.config;

import org.jspecify.annotations.NullMarked;
