/** The kit under test: servers that do nothing or lie, and the suites that must catch them. */
@NullMarked
package dev.foldlog.conformance.kit;

import org.jspecify.annotations.NullMarked;
