/** Our server in a process of its own. */
@NullMarked
package dev.foldlog.conformance.process;

import org.jspecify.annotations.NullMarked;
