package chat.plenary.node;

import chat.plenary.node.configuration.Settings;
import chat.plenary.simulator.meeting.SimulatorOptions;
import chat.plenary.simulator.meeting.TencentMeetingSimulator;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A simulated service in a process of its own, so that a Plenary can be set up against it as it
 * would be against the real one. It waits on the thread that runs the command.
 */
final class Simulate {
  private static final String SERVICE = "tencent-meeting";
  private static final String HOOK = "/hooks/meetings/tencent";
  private static final Set<String> OPTIONS =
      Set.of("--host", "--port", "--public-url", "--webhook");
  private static final String PORT = "8090";
  private static final long OPENING_SECONDS = 30;

  private final String host;
  private final int port;
  private final String publicUrl;
  private final String webhook;

  private Simulate(String host, int port, String publicUrl, String webhook) {
    this.host = host;
    this.port = port;
    this.publicUrl = publicUrl;
    this.webhook = webhook;
  }

  /** Reads {@code simulate tencent-meeting [OPTIONS]}. */
  static Simulate of(CommandLine line) {
    if (line.words().size() != 1 || !line.words().get(0).equals(SERVICE)) {
      throw Failure.usage("simulate needs what to simulate: ./plenary simulate " + SERVICE + ".");
    }
    Map<String, String> given = line.options();
    for (String name : given.keySet()) {
      if (!OPTIONS.contains(name)) {
        throw Failure.usage(
            "simulate has no option '"
                + name
                + "'; it has "
                + String.join(", ", OPTIONS.stream().sorted().toList())
                + ".");
      }
    }
    String host = given.getOrDefault("--host", "127.0.0.1");
    if (host.isBlank()) {
      throw Failure.usage("--host must be an address to listen on, such as 127.0.0.1.");
    }
    return new Simulate(
        host,
        port(given.getOrDefault("--port", PORT)),
        address("--public-url", given.getOrDefault("--public-url", "")).replaceAll("/+$", ""),
        hook(address("--webhook", given.getOrDefault("--webhook", ""))));
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw Failure.usage("--port must be a whole number from 0 to 65535, not '" + text + "'.");
    }
    return Integer.parseInt(text);
  }

  private static String address(String option, String text) {
    if (text.isEmpty()) {
      return "";
    }
    try {
      URI uri = URI.create(text);
      if (Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // Told below, like the others.
    }
    throw Failure.usage(option + " must be an address http(s)://host:port/…, not '" + text + "'.");
  }

  private static String hook(String text) {
    if (text.isEmpty() || URI.create(text).getPath().equals(HOOK)) {
      return text;
    }
    throw Failure.usage(
        "--webhook must be where Plenary takes events: its address followed by " + HOOK + ".");
  }

  /** Runs until it is told to stop. */
  int run() {
    StopSignals signals = StopSignals.listen();
    // As a node logs of which nothing is configured.
    Logs.configure(Settings.read(null, Map.of(), Map.of()).configuration().logging());
    Vertx vertx = Vertx.vertx();
    try {
      SimulatorOptions options = options();
      TencentMeetingSimulator service = started(vertx, options);
      show(service.url(), options);
      if (!webhook.isEmpty()) {
        register(service, signals.stop());
      }
      signals.stop().await();
      service.close().toCompletionStage().toCompletableFuture().get(2, TimeUnit.SECONDS);
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Failure.FAILED;
    } catch (ExecutionException | TimeoutException e) {
      return 0;
    } finally {
      vertx.close();
      signals.finished();
    }
  }

  private SimulatorOptions options() {
    SimulatorOptions demo = SimulatorOptions.demo(host, port, Clock.systemUTC());
    return new SimulatorOptions(
        host,
        port,
        publicUrl,
        demo.secretId(),
        demo.secretKey(),
        demo.appId(),
        demo.userid(),
        demo.token(),
        demo.encodingAesKey(),
        demo.callsPerMinute(),
        demo.createsPerMonth(),
        demo.unruly(),
        demo.script(),
        demo.clock());
  }

  private TencentMeetingSimulator started(Vertx vertx, SimulatorOptions options)
      throws InterruptedException {
    try {
      return TencentMeetingSimulator.start(vertx, options)
          .toCompletionStage()
          .toCompletableFuture()
          .get(OPENING_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw Failure.of(
          "It cannot listen on "
              + host
              + " port "
              + port
              + ": "
              + cause.getMessage()
              + ". --port takes another one, --host another address.");
    }
  }

  /** Tries until the address answers: Plenary may be started later. */
  private void register(TencentMeetingSimulator service, CountDownLatch stop) {
    service
        .registerWhenThere(webhook)
        .onSuccess(v -> System.out.println("  Plenary answers; events go to it from now on."))
        .onFailure(
            failure -> {
              if (stop.getCount() > 0) {
                System.out.println(
                    "  No good answer from " + webhook + " yet: " + failure.getMessage());
                register(service, stop);
              }
            });
  }

  private void show(String url, SimulatorOptions options) {
    System.out.printf(
        """

          A simulated Tencent Meeting has started:  %s

          It is a simulation, not the service: no sound, no picture, and nothing is kept. These settings are
          good for it alone. In the file that --config names:

            meetings:
              tencent:
                appId: "%s"
                secretId: "%s"
                secretKey: "%s"
                userid: "%s"
                token: "%s"
                encodingAesKey: "%s"
                sameUserids: true
                simulated: true
                url: "%s"

          Events:  %s
          Ctrl-C stops it.
        %n""",
        url,
        options.appId(),
        options.secretId(),
        options.secretKey(),
        options.userid(),
        options.token(),
        options.encodingAesKey(),
        url,
        webhook.isEmpty()
            ? "told to nobody; --webhook says where Plenary is, such as http://127.0.0.1:8080"
                + HOOK
            : "go to " + webhook + " as soon as it answers");
    System.out.flush();
  }
}
