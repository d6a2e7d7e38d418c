package dev.foldlog.server;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes steps one after the other, each of them whatever became of those before it. */
final class InOrder {
    private static final Logger LOG = LoggerFactory.getLogger(InOrder.class);

    private InOrder() {}

    /** Takes the steps; a failure is logged, an interrupt is kept for the end. */
    static void run(List<Step> steps) {
        boolean isInterrupted = Thread.interrupted();
        for (Step step : steps) {
            try {
                step.action.run();
            } catch (InterruptedException e) {
                isInterrupted = true;
            } catch (RuntimeException e) {
                LOG.error("stopping: could not {}", step.name, e);
            }
            isInterrupted |= Thread.interrupted();
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One step; its name completes "could not …". */
    record Step(String name, Action action) {}

    /** What a step does. */
    interface Action {
        void run() throws InterruptedException;
    }
}
