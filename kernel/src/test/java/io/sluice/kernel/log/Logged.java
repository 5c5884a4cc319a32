package io.sluice.kernel.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class writes into the log, as long as this is open. */
public final class Logged implements AutoCloseable {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    };

    public Logged(Class<?> by) {
        logger = (Logger) LoggerFactory.getLogger(by);
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
        // what is expected is no news for whoever reads the output of tests
        logger.setAdditive(false);
    }

    /** Each line: its level, what it says, and the message of its exception if it has one. */
    public List<String> lines() {
        return events.stream().map(event -> event.getLevel() + " " + event.getFormattedMessage()
                + (event.getThrowableProxy() == null ? "" : " | " + event.getThrowableProxy().getMessage())).toList();
    }

    @Override
    public void close() {
        logger.setAdditive(true);
        logger.detachAppender(appender);
    }
}
