package chat.plenary.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import chat.plenary.node.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of the process: standard error, Plenary's own lines by setting, others' warnings. */
final class Logs {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0} [%thread] %msg%n%ex{12}";

  private Logs() {}

  /** Sets up logging; what logged before is set up anew. */
  static void configure(Configuration.Logging logging) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context, logging.format()));
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger("chat.plenary").setLevel(Level.toLevel(logging.level().toString()));
    // They tell at length of what is in order: members that come and go, routes that start.
    context.getLogger("com.hazelcast").setLevel(Level.ERROR);
    context.getLogger("de.bwaldvogel").setLevel(Level.ERROR);
    // Vert.x registers one gauge of its event bus twice.
    context.getLogger("io.micrometer.core.instrument.MeterRegistry").setLevel(Level.ERROR);
  }

  private static Encoder<ILoggingEvent> encoder(
      LoggerContext context, Configuration.Format format) {
    if (format == Configuration.Format.JSON) {
      JsonEncoder json = new JsonEncoder();
      json.setContext(context);
      json.setWithContext(false);
      json.setWithSequenceNumber(false);
      json.setWithNanoseconds(false);
      json.setWithFormattedMessage(true);
      json.setWithMessage(false);
      json.setWithArguments(false);
      json.start();
      return json;
    }
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setContext(context);
    text.setPattern(PATTERN);
    text.start();
    return text;
  }
}
