/** Tables of what the suites found. */
@NullMarked
package dev.foldlog.conformance.report;

import org.jspecify.annotations.NullMarked;
