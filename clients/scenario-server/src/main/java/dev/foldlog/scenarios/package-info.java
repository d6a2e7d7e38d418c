/** The real server behind a proxy that makes faults on cue: {@code clients/scenarios/README.md} describes it. */
@NullMarked
package dev.foldlog.scenarios;

import org.jspecify.annotations.NullMarked;
