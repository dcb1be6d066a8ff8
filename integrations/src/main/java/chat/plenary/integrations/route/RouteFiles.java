package chat.plenary.integrations.route;

import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the routes of a folder: looks at it every half second, judges what has changed and stood
 * still since, and swaps what is good. Everything happens on one thread of its own.
 */
public final class RouteFiles {
  private static final long LOOK_MS = 500;
  private static final int MAX_ROUTES = 300;
  private static final Logger LOGGER = LoggerFactory.getLogger(RouteFiles.class);

  private final Vertx vertx;
  private final Clock clock;
  private final Set<String> schemes;
  private final Folder folder;
  private final Kept kept;
  private final WorkerExecutor worker;
  private final Counts counts;
  private final Live live;
  private final Map<String, Running> running = new HashMap<>();
  private final Map<String, String> unsaved = new HashMap<>();
  private Map<String, String> before = Map.of();
  private volatile Map<String, String> secrets = Map.of();
  private volatile Map<String, RouteFile> files = Map.of();
  private volatile @Nullable String problem;
  private volatile boolean closed;
  private long timer = -1;

  /** What is known of a file: the text that was judged last, and the good one that runs. */
  private static final class Running {
    String judged = "";
    Live.@Nullable Good good;
    String organisation = "";
    boolean fresh;
  }

  private RouteFiles(
      Vertx vertx,
      Clock clock,
      Store store,
      Path folder,
      Set<String> schemes,
      BiConsumer<DefaultCamelContext, Boolean> components,
      Predicate<Exchange> failed) {
    this.vertx = vertx;
    this.clock = clock;
    this.schemes = schemes;
    this.folder = new Folder(folder);
    this.kept = new Kept(store);
    this.counts = new Counts(failed);
    Set<String> endpoints = new HashSet<>(schemes);
    endpoints.add("direct");
    Contexts contexts = new Contexts(endpoints, components, () -> secrets);
    DefaultCamelContext camel = contexts.make(false);
    camel.addRoutePolicyFactory(counts);
    this.live = new Live(camel, contexts, () -> secrets);
    this.worker = vertx.createSharedWorkerExecutor("plenary-routes", 1, 5, TimeUnit.MINUTES);
  }

  /**
   * Makes the context of the routes; nothing runs yet.
   *
   * @param schemes what endpoints may begin with
   * @param components adds components, templates and the rule for failures to a context; told
   *     whether the context only checks
   * @param failed whether an exchange that is done had failed for good
   */
  public static RouteFiles over(
      Vertx vertx,
      Clock clock,
      Store store,
      Path folder,
      Set<String> schemes,
      BiConsumer<DefaultCamelContext, Boolean> components,
      Predicate<Exchange> failed) {
    return new RouteFiles(vertx, clock, store, folder, schemes, components, failed);
  }

  /** How it stands with a route; null where there is none. */
  @Nullable ServiceStatus status(String route) {
    return live.camel().getRouteController().getRouteStatus(route);
  }

  /** Starts what is in the folder, and goes on watching it. */
  public Future<Void> start() {
    return kept.all()
        .otherwise(Map.of())
        .compose(
            texts ->
                worker.<Void>executeBlocking(
                    () -> {
                      live.camel().start();
                      look(texts, true);
                      texts.keySet().stream()
                          .filter(name -> problem == null && !running.containsKey(name))
                          .forEach(this::forget);
                      return null;
                    }))
        .onSuccess(v -> timer = vertx.setPeriodic(LOOK_MS, id -> lookAgain()));
  }

  private void lookAgain() {
    worker
        .executeBlocking(
            () -> {
              if (!closed) {
                look(Map.of(), false);
              }
              return null;
            })
        .onFailure(
            failure -> {
              if (!closed) {
                LOGGER.error("looking at the folder of routes failed", failure);
              }
            });
  }

  /** Ends all routes; what is under way may finish, for a bounded time. */
  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timer);
    return worker
        .<Void>executeBlocking(
            () -> {
              live.camel().stop();
              return null;
            })
        .eventually(worker::close);
  }

  /** The organisation of a route; empty where it names none or several, or is not known. */
  public String organisation(String route) {
    for (RouteFile file : files.values()) {
      if (file.routes().contains(route)) {
        return file.organisation();
      }
    }
    return "";
  }

  /** Where a route begins; null where it does not run. */
  public @Nullable Consumer consumer(String route) {
    Route running = live.camel().getRoute(route);
    return running == null ? null : running.getConsumer();
  }

  /** All files, by their names. */
  Map<String, RouteFile> files() {
    return files;
  }

  Counts counts() {
    return counts;
  }

  /** Why the folder cannot be read just now, or null. */
  @Nullable String problem() {
    return problem;
  }

  private void look(Map<String, String> lastGood, boolean first) {
    Folder.Content content;
    try {
      content = folder.read();
      problem = null;
    } catch (IOException e) {
      // It says nothing of the files: all goes on as it is.
      if (problem == null) {
        LOGGER.warn("the folder of routes cannot be read: {}", e.toString());
      }
      problem = "The folder of routes cannot be read.";
      return;
    }
    Map<String, String> now = new TreeMap<>();
    content.texts().forEach((name, text) -> now.put(name, "=" + text + used(text, content)));
    content.unreadable().forEach((name, why) -> now.put(name, "!" + why));
    secrets = content.secrets();
    boolean changed = false;
    for (String name : List.copyOf(running.keySet())) {
      if (!now.containsKey(name) && !before.containsKey(name)) {
        end(name);
        changed = true;
      }
    }
    for (Map.Entry<String, String> one : now.entrySet()) {
      String name = one.getKey();
      Running known = running.computeIfAbsent(name, n -> new Running());
      boolean still = first || one.getValue().equals(before.get(name));
      if (still && !known.judged.equals(one.getValue())) {
        known.judged = one.getValue();
        judge(name, known, content, lastGood.get(name));
        changed = true;
      }
    }
    if (changed) {
      // An id that was taken may be free now.
      running.forEach(
          (name, known) -> {
            RouteFile file = files.get(name);
            if (file != null && file.error() != null && !known.fresh) {
              known.judged = "";
            }
            known.fresh = false;
          });
    }
    before = now;
    save();
  }

  /** Secrets that a text names, so that a changed one is a change of the file. */
  private static String used(String text, Folder.Content content) {
    StringBuilder used = new StringBuilder();
    content
        .secrets()
        .forEach(
            (name, value) -> {
              if (text.contains("{{secret:" + name + "}}")) {
                used.append('\n').append(name).append('=').append(value);
              }
            });
    return used.toString();
  }

  private void judge(
      String name, Running known, Folder.Content content, @Nullable String lastGood) {
    known.fresh = true;
    try {
      String text = content.texts().get(name);
      if (text == null) {
        throw new RouteProblem(0, content.unreadable().getOrDefault(name, "It cannot be read."));
      }
      swap(name, known, text);
      unsaved.put(name, text);
      told(name, known, null);
      LOGGER.info("routes of {} run", name);
    } catch (RouteProblem bad) {
      LOGGER.warn("routes of {} are bad, at line {}: {}", name, bad.line(), bad.getMessage());
      if (known.good == null && lastGood != null) {
        revive(name, known, lastGood);
      }
      told(name, known, bad);
    }
  }

  /** After a start: what was good before goes on. */
  private void revive(String name, Running known, String text) {
    try {
      swap(name, known, text);
      LOGGER.warn("the last good routes of {} run", name);
    } catch (RouteProblem e) {
      LOGGER.warn("the last good routes of {} do not run either: {}", name, e.getMessage());
    }
  }

  private void swap(String name, Running known, String text) throws RouteProblem {
    Live.Good fresh = new Live.Good(text, RouteText.read(text, schemes));
    known.organisation = fresh.read().organisation();
    int all = fresh.read().routes().size();
    for (String id : fresh.read().routes()) {
      for (Map.Entry<String, Running> other : running.entrySet()) {
        Live.Good there = other.getValue().good;
        if (!other.getKey().equals(name) && there != null && there.read().routes().contains(id)) {
          throw new RouteProblem(
              fresh.read().line(id),
              "The file " + other.getKey() + " has a route '" + id + "', too.");
        }
      }
    }
    for (Map.Entry<String, Running> other : running.entrySet()) {
      Live.Good there = other.getValue().good;
      all += there == null || other.getKey().equals(name) ? 0 : there.read().routes().size();
    }
    if (all > MAX_ROUTES) {
      throw new RouteProblem(0, "A folder has at most " + MAX_ROUTES + " routes.");
    }
    live.check(name, fresh);
    Live.Good old = known.good;
    try {
      live.swap(name, old, fresh);
      known.good = fresh;
    } catch (RouteProblem e) {
      known.good = old != null && live.runs(old) ? old : null;
      throw e;
    }
  }

  private void end(String name) {
    Running known = running.remove(name);
    if (known != null && known.good != null) {
      live.remove(known.good);
      LOGGER.info("routes of {} have ended: the file is gone", name);
    }
    unsaved.remove(name);
    forget(name);
    Map<String, RouteFile> less = new TreeMap<>(files);
    less.remove(name);
    files = less;
  }

  private void forget(String name) {
    kept.forget(name).onFailure(e -> LOGGER.warn("{} cannot be forgotten: {}", name, e.toString()));
  }

  private void told(String name, Running known, @Nullable RouteProblem bad) {
    RouteText read = known.good == null ? null : known.good.read();
    RouteFile.State state =
        bad == null
            ? RouteFile.State.RUNNING
            : read == null ? RouteFile.State.FAILED : RouteFile.State.LAST_GOOD;
    RouteFile was = files.get(name);
    boolean same = was != null && was.state() == state && bad != null;
    Instant since = same && was != null ? was.since() : clock.instant();
    Map<String, RouteFile> more = new TreeMap<>(files);
    more.put(
        name,
        new RouteFile(
            name,
            state,
            since,
            read == null ? known.organisation : read.organisation(),
            read == null ? List.of() : read.routes(),
            bad == null ? null : bad.getMessage(),
            bad == null ? 0 : bad.line()));
    files = more;
  }

  /** Keeps what was good; while the store does not answer it is tried again at the next look. */
  private void save() {
    for (String name : new ArrayList<>(unsaved.keySet())) {
      String text = unsaved.remove(name);
      if (text != null) {
        kept.keep(name, text)
            .onFailure(e -> worker.executeBlocking(() -> unsaved.putIfAbsent(name, text)));
      }
    }
  }
}
