/**
 * The conformance kit: suites by subject that judge any server over the wire. It knows the generated
 * stubs, gRPC and JUnit only. A backend joins with a {@link dev.foldlog.conformance.ConformanceFixture} and
 * one test class that extends {@link dev.foldlog.conformance.ServerConformance}.
 */
@NullMarked
package dev.foldlog.conformance;

import org.jspecify.annotations.NullMarked;
