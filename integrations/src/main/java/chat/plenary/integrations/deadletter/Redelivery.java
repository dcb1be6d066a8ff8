package chat.plenary.integrations.deadletter;

import chat.plenary.integrations.camel.Following;
import chat.plenary.integrations.camel.RouteThreads;
import chat.plenary.messaging.fault.Fault;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.ExpressionAdapter;

/**
 * How often and after what pauses a step that failed is tried again before its exchange becomes a
 * dead letter. What repeating cannot mend is not repeated: refusals, and answers of 4xx but 408,
 * 425 and 429.
 *
 * @param times how often it is tried again, from 0
 * @param first the first pause; each is twice the one before
 * @param longest the longest pause
 */
public record Redelivery(int times, Duration first, Duration longest) {
  /** Where dead letters go in a context. */
  public static final String URI = "direct:plenary-dead-letters";

  private static final int THREADS = 4;
  private static final int WAITING = 10_000;

  /** Eight more attempts over some four minutes. */
  public static Redelivery standard() {
    return new Redelivery(8, Duration.ofSeconds(1), Duration.ofSeconds(60));
  }

  /** Makes it the rule of a context that has not started yet. */
  public void install(DefaultCamelContext camel, Following.Failures failures) throws Exception {
    DeadLetterChannelBuilder handler = new DeadLetterChannelBuilder(URI);
    handler.useOriginalMessage();
    handler.deadLetterHandleNewException(false);
    handler.maximumRedeliveries(times);
    handler.redeliveryDelay(first.toMillis());
    handler.maximumRedeliveryDelay(longest.toMillis());
    handler.useExponentialBackOff();
    handler.backOffMultiplier(2);
    handler.asyncDelayedRedelivery();
    handler.allowRedeliveryWhileStopping(false);
    handler.retryAttemptedLogLevel(LoggingLevel.DEBUG);
    // What is written to the log is written by whoever keeps dead letters: without secrets.
    handler.retriesExhaustedLogLevel(LoggingLevel.OFF);
    handler.logExhaustedMessageHistory(false);
    handler.retryWhile(new Worthwhile(times));
    camel.getCamelContextExtension().setErrorHandlerFactory(handler);
    camel.setAllowUseOriginalMessage(true);
    RouteThreads threads = new RouteThreads(camel, camel, "plenary-kept", THREADS, WAITING);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(URI)
                .routeId("plenary-dead-letters")
                .errorHandler(noErrorHandler())
                .process(keeping(failures, threads));
          }
        });
  }

  private static AsyncProcessorSupport keeping(Following.Failures failures, RouteThreads threads) {
    return new AsyncProcessorSupport() {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        failures
            .keep(exchange, failure)
            .onComplete(
                kept -> {
                  if (kept.failed()) {
                    exchange.setException(kept.cause());
                  }
                  // What follows the part that failed may block.
                  threads.goOn(callback);
                });
        return false;
      }
    };
  }

  private static final class Worthwhile extends ExpressionAdapter {
    private final int times;

    Worthwhile(int times) {
      this.times = times;
    }

    @Override
    public Object evaluate(Exchange exchange) {
      Integer done = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, Integer.class);
      Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
      return (done == null ? 0 : done) <= times && mends(failure);
    }

    private static boolean mends(Throwable failure) {
      if (failure instanceof Fault fault) {
        return switch (fault.code()) {
          case UNKNOWN, UNAVAILABLE, TOO_MANY -> true;
          default -> false;
        };
      }
      if (failure instanceof HttpOperationFailedException http) {
        int status = http.getStatusCode();
        return status < 400 || status >= 500 || status == 408 || status == 425 || status == 429;
      }
      return true;
    }
  }
}
