/** Plain evaluations of what the contract says, which the suites hold against a server's answers. */
@NullMarked
package dev.foldlog.conformance.model;

import org.jspecify.annotations.NullMarked;
