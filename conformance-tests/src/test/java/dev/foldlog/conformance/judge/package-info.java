/** Tests of the program. */
@NullMarked
package dev.foldlog.conformance.judge;

import org.jspecify.annotations.NullMarked;
