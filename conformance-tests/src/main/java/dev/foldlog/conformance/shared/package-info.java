/** Servers whose store is not emptied between tests: what a test sees of one is as if it were empty. */
@NullMarked
package dev.foldlog.conformance.shared;

import org.jspecify.annotations.NullMarked;
