package dev.foldlog.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.foldlog.cli.shell.Shell;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets the process's logging, which logback.xml starts as warnings on standard error. What libraries log
 * through java.util.logging goes the same way.
 */
final class Logs {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n";

    private Logs() {}

    /** For a client command: its own failures when they are wanted in full, warnings otherwise. */
    static void forClient(LogLevel level) {
        takeOverJavaLogging();
        logger("dev.foldlog").setLevel(level == LogLevel.debug ? Level.DEBUG : Level.WARN);
    }

    /** For a server: its log on standard error, in the form and from the level that were asked for. */
    static void forServer(Shell shell, LogForm form, LogLevel level) {
        takeOverJavaLogging();
        Logger root = logger(Logger.ROOT_LOGGER_NAME);
        LoggerContext context = root.getLoggerContext();
        Encoder<ILoggingEvent> encoder = switch (form) {
            case text -> textEncoder(context);
            case json -> jsonEncoder(context);
        };
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setName("server");
        appender.setEncoder(encoder);
        appender.setOutputStream(shell.err());
        appender.start();
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(Level.WARN);
        logger("dev.foldlog").setLevel(Level.toLevel(level.name()));
    }

    private static void takeOverJavaLogging() {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    private static PatternLayoutEncoder textEncoder(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static LogstashEncoder jsonEncoder(LoggerContext context) {
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Logger logger(String name) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            return context.getLogger(name);
        }
        throw new IllegalStateException(
                "logging: " + factory.getClass().getName() + " (expected: logback alone on the class path)");
    }
}
