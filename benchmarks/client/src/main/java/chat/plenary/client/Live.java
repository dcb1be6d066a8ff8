package chat.plenary.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A live connection that does not end by itself: when it is lost it is made again, to the next
 * node, and goes on from the last cursor. What is posted is sent again with its ref until it is
 * settled. Safe for threads.
 */
public final class Live implements AutoCloseable {
  private static final long TICK_MILLIS = 1_000;
  private static final int MAX_POSITIONS = 1_000;

  /**
   * How a connection is kept.
   *
   * @param cursor where to go on from; null: from now
   * @param capacity unsettled posts, at the most; more fail with {@code too-many}
   * @param silence after what time without a frame a connection is given up; at least 2 s
   * @param answer after what time without an answer to a post a connection is given up
   * @param longestDelay between attempts to connect
   */
  public record Options(
      @Nullable String cursor,
      int capacity,
      Duration silence,
      Duration answer,
      Duration longestDelay) {
    /**
     * From now; 1,000 unsettled posts; 20 s of silence; 10 s for an answer; 5 s between attempts.
     */
    public static Options standard() {
      return new Options(
          null, 1_000, Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    /** The same, going on from a cursor. */
    public Options from(@Nullable String kept) {
      return new Options(kept, capacity, silence, answer, longestDelay);
    }
  }

  private final Transport transport;
  private final Nodes nodes;
  private final Tokens tokens;
  private final LiveListener listener;
  private final Options options;
  private final Outbox outbox;
  private final Heads heads;
  private final Map<String, Long> positions = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile @Nullable Connection connection;
  private volatile boolean welcome;
  private volatile boolean current;
  private volatile boolean closed;
  private volatile @Nullable String cursor;
  private String token = "";
  private int failures;

  Live(
      Transport transport,
      Nodes nodes,
      Tokens tokens,
      Session session,
      LiveListener listener,
      Options options) {
    this.transport = transport;
    this.nodes = nodes;
    this.tokens = tokens;
    this.listener = new Serial(listener);
    this.options = options;
    this.cursor = options.cursor();
    this.outbox = new Outbox(options.capacity());
    this.heads = new Heads(session, this.listener);
    connect();
    later(TICK_MILLIS, this::tick);
  }

  /** Posts a message. The outcome comes, at the latest, when the connection is closed. */
  public CompletableFuture<Accepted> post(String conversation, String ref, Body body) {
    ObjectNode frame = frame("post", conversation).put("ref", ref);
    frame.set("body", Json.tree(body));
    return outbox.add(conversation, ref, Json.text(frame));
  }

  public CompletableFuture<Accepted> edit(String conversation, String ref, long target, Body body) {
    ObjectNode frame = frame("edit", conversation).put("ref", ref).put("target", target);
    frame.set("body", Json.tree(body));
    return outbox.add(conversation, ref, Json.text(frame));
  }

  public CompletableFuture<Accepted> recall(String conversation, String ref, long target) {
    return outbox.add(
        conversation,
        ref,
        Json.text(frame("recall", conversation).put("ref", ref).put("target", target)));
  }

  /** One has read up to an entry. Told again on the next connection, since it has no answer. */
  public void position(String conversation, long seq) {
    if (positions.size() < MAX_POSITIONS || positions.containsKey(conversation)) {
      positions.merge(conversation, seq, Math::max);
    }
    send(frame("position", conversation).put("seq", seq));
  }

  public void typing(String conversation) {
    send(frame("typing", conversation));
  }

  /** The messages of one conversation whose read counts are wanted live, at most 20. */
  public void watch(String conversation, Collection<Long> seqs) {
    ObjectNode frame = frame("watch", conversation);
    seqs.forEach(frame.putArray("seqs")::add);
    send(frame);
  }

  /**
   * In which language one reads a conversation, and which of its meetings one follows; null for
   * none. Of one connection: say it again when it was made anew.
   */
  public void reading(String conversation, @Nullable String language, @Nullable String meeting) {
    send(frame("reading", conversation).put("language", language).put("meeting", meeting));
  }

  /** Whether it is connected, and all that was missed was told. */
  public boolean isCurrent() {
    return current;
  }

  /** The last cursor, or null before the first. */
  public @Nullable String cursor() {
    return cursor;
  }

  /** Posts whose outcome is not known yet. */
  public int unsettled() {
    return outbox.unsettled();
  }

  /** The node that it is connected to, or null. */
  public @Nullable URI node() {
    Connection to = connection;
    return to == null ? null : to.base();
  }

  /** Drops the connection, which is then made again: for tests. */
  public void drop() {
    Connection to = connection;
    if (to != null) {
      nodes.failed(to.base());
      to.end("dropped by this side");
    }
  }

  /** Closes it. What is not settled fails as {@code unknown}. */
  @Override
  public void close() {
    closed = true;
    outbox.close(Problem.of("unknown", 503, "The connection was closed before the answer."));
    Connection to = connection;
    if (to != null) {
      to.close();
    } else {
      over.complete(null);
    }
  }

  /** Completes when the listener is not called any more. */
  public CompletableFuture<Void> closed() {
    return over;
  }

  private static ObjectNode frame(String type, String conversation) {
    return Json.object().put("type", type).put("conversation", conversation);
  }

  private void send(ObjectNode frame) {
    Connection to = connection;
    if (to != null && welcome) {
      to.send(Json.text(frame));
    }
  }

  private void connect() {
    if (closed) {
      over.complete(null);
      return;
    }
    URI base = nodes.current();
    tokens
        .fresh()
        .thenCompose(
            fresh -> {
              token = fresh;
              return Connection.open(
                  transport.http(), base, transport.timeout(), new Connected(base));
            })
        .whenComplete(
            (opened, failure) -> {
              if (failure != null) {
                failed(base, Problems.of(failure));
              } else {
                opened(opened);
              }
            });
  }

  private void opened(Connection opened) {
    connection = opened;
    ObjectNode hello = Json.object().put("type", "hello").put("token", token);
    String from = cursor;
    if (from != null) {
      hello.put("cursor", from);
    }
    opened.send(Json.text(hello));
    if (closed) {
      opened.close();
    }
  }

  private void failed(URI base, Problem problem) {
    if (problem.name().equals("unauthenticated") || problem.name().equals("gone")) {
      end(problem);
      return;
    }
    nodes.failed(base);
    listener.disconnected(base, problem.name() + ": " + problem.detail());
    reconnect();
  }

  private void reconnect() {
    long longest = options.longestDelay().toMillis();
    long delay = Math.min(longest, 50L << Math.min(10, failures++));
    later(delay / 2 + ThreadLocalRandom.current().nextLong(delay / 2 + 1), this::connect);
  }

  private void end(Problem problem) {
    closed = true;
    outbox.close(problem);
    listener.ended(problem);
    over.complete(null);
  }

  private void later(long millis, Runnable task) {
    if (!transport.timers().isShutdown()) {
      transport.timers().schedule(task, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    Connection to = connection;
    long now = System.nanoTime();
    if (to != null && now - to.heard() > options.silence().toNanos()) {
      to.end("silent for too long");
    } else if (to != null && now - outbox.oldest(now) > options.answer().toNanos()) {
      to.end("no answer for too long");
    } else if (to != null && now - to.heard() > options.silence().toNanos() / 3) {
      send(Json.object().put("type", "ping"));
    } else if (to != null && welcome) {
      renew(to);
    }
    later(TICK_MILLIS, this::tick);
  }

  /** A socket lives as long as its session, if it is shown a new token in time. */
  private void renew(Connection to) {
    tokens
        .fresh()
        .thenAccept(
            fresh -> {
              if (!fresh.equals(token)) {
                token = fresh;
                to.send(Json.text(Json.object().put("type", "token").put("token", fresh)));
              }
            });
  }

  /** Deals with what comes of one connection. */
  private final class Connected implements Connection.Receiver {
    private final URI base;
    private @Nullable String bye;
    private final Backlog backlog = new Backlog(this::told, this::broken);
    private volatile @Nullable Connection from;

    Connected(URI base) {
      this.base = base;
    }

    /** Answers are dealt with at once; what is told goes on where it was. */
    @Override
    public @Nullable CompletionStage<?> received(Connection connected, String text) {
      from = connected;
      Frame frame = Frame.read(text);
      listener.frame(base, frame);
      if (frame instanceof Frame.Done done) {
        outbox.done(done.accepted());
      } else if (frame instanceof Frame.Refused refused) {
        refused(refused);
      } else if (frame instanceof Frame.Unknown unknown) {
        again(unknown.conversation(), unknown.ref(), 0);
      } else if (frame instanceof Frame.Bye said) {
        bye = said.reason();
      } else if (!(frame instanceof Frame.Pong)) {
        return backlog.add(frame, text.length());
      }
      return null;
    }

    private void broken(String why) {
      Connection on = from;
      if (on != null) {
        on.end(why);
      }
    }

    private @Nullable CompletionStage<?> told(Frame frame) {
      if (frame instanceof Frame.Welcome welcomed) {
        welcomed(welcomed);
      } else if (frame instanceof Frame.Appended appended) {
        return heads.appended(appended.entry());
      } else if (frame instanceof Frame.Changed changed) {
        return heads.changed(changed.changed());
      } else if (frame instanceof Frame.Current told) {
        failures = 0;
        current = true;
        keep(told.cursor());
        listener.current();
      } else if (frame instanceof Frame.Cursor next) {
        keep(next.cursor());
      } else {
        listener.ephemeral(frame);
      }
      return null;
    }

    private void welcomed(Frame.Welcome frame) {
      Connection on = from;
      if (on == null) {
        return;
      }
      welcome = true;
      listener.connected(base);
      positions.forEach(
          (conversation, seq) -> send(Live.frame("position", conversation).put("seq", seq)));
      outbox.connected(frame.inFlight(), on::send);
    }

    private void refused(Frame.Refused refused) {
      Problem problem = refused.problem();
      if (problem.temporary() || problem.unknown()) {
        Integer asked = problem.retryAfter();
        again(refused.conversation(), refused.ref(), asked == null ? 200 : asked * 1_000L);
      } else {
        outbox.refused(refused.conversation(), refused.ref(), problem);
      }
    }

    private void again(@Nullable String conversation, String ref, long atLeast) {
      long delay = outbox.again(conversation, ref);
      if (delay >= 0) {
        later(Math.max(delay, atLeast), () -> outbox.rested(conversation));
      }
    }

    private void keep(@Nullable String next) {
      if (next != null) {
        cursor = next;
        listener.cursor(next);
      }
    }

    /** Not in the caller's thread, which may hold the outbox. */
    @Override
    public void ended(Connection ended, String why) {
      if (transport.timers().isShutdown()) {
        over.complete(null);
        return;
      }
      transport.timers().execute(() -> lost(bye == null ? why : bye));
    }

    private void lost(String why) {
      connection = null;
      welcome = false;
      current = false;
      outbox.disconnected();
      listener.disconnected(base, why);
      switch (why) {
        case "revoked", "expired", "unauthenticated" -> tokens.stale(token);
        case "slow" -> {}
        default -> nodes.failed(base);
      }
      backlog.end().whenComplete((done, failure) -> next());
    }

    /** When nothing of this connection is told any more. */
    private void next() {
      if (closed) {
        over.complete(null);
      } else {
        reconnect();
      }
    }
  }
}
