package dev.foldlog.bench.growth;

import dev.foldlog.store.sqlite.CheckOutcome;
import dev.foldlog.store.sqlite.VerificationListener;

/** Listens to a verification of which only the end matters. */
final class Unheard implements VerificationListener {
    @Override
    public void started(String check, long units) {}

    @Override
    public void progressed(long units) {}

    @Override
    public void finished(CheckOutcome outcome) {}
}
