/** Tests of the tables. */
@NullMarked
package dev.foldlog.conformance.report;

import org.jspecify.annotations.NullMarked;
