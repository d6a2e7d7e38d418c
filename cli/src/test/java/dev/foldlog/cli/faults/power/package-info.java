/** Power loss: what a disk may hold after one, made from a trace of the calls that wrote and synced it. */
@NullMarked
package dev.foldlog.cli.faults.power;

import org.jspecify.annotations.NullMarked;
