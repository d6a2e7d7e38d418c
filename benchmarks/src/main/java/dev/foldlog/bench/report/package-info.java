/** Figures: raw numbers, medians with spread, goals, and the page made of them. */
@NullMarked
package dev.foldlog.bench.report;

import org.jspecify.annotations.NullMarked;
