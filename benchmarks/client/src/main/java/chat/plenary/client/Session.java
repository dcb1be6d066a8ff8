package chat.plenary.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is signed in. Requests go to one node; where it does not answer, or says that it
 * cannot serve or that it is not known what happened, they are repeated on the next, with the same
 * ref, a few times. Safe for threads.
 */
public final class Session {
  private static final int ATTEMPTS = 4;
  private static final String CONVERSATIONS = "/api/v1/conversations";

  private final Transport transport;
  private final Nodes nodes;
  private final Tokens tokens;
  private final int attempts;

  Session(Transport transport, Nodes nodes, Tokens tokens) {
    this(transport, nodes, tokens, ATTEMPTS);
  }

  private Session(Transport transport, Nodes nodes, Tokens tokens, int attempts) {
    this.transport = transport;
    this.nodes = nodes;
    this.tokens = tokens;
    this.attempts = attempts;
  }

  /** The same session on one node alone, where each request is made once and never repeated. */
  public Session on(String base) {
    return new Session(transport, new Nodes(List.of(Nodes.base(base)), 0), tokens, 1);
  }

  /** The id of who is signed in; null for a bot, whose {@link #me()} tells. */
  public @Nullable String account() {
    return tokens.account();
  }

  /** The session's id; null for a bot. */
  public @Nullable String id() {
    return tokens.session();
  }

  /** Opens a live connection, which stays open until it is closed or the session ends. */
  public Live live(LiveListener listener, Live.Options options) {
    return new Live(transport, nodes, tokens, this, listener, options);
  }

  public CompletableFuture<Account> me() {
    return get("/api/v1/me").thenApply(node -> Json.read(node, Account.class));
  }

  /** Ends the session. */
  public CompletableFuture<JsonNode> signOut() {
    return call("POST", "/api/v1/session/sign-out", Json.object());
  }

  /** The organisation, by its {@code GET} and the endpoints below it. */
  public Directory directory() {
    return new Directory(this);
  }

  /** A page of one's conversations; {@code after} is null for the first. */
  public CompletableFuture<Page<Conversation>> conversations(@Nullable String after) {
    return get(CONVERSATIONS + (after == null ? "" : "?after=" + encoded(after)))
        .thenApply(
            node -> {
              List<Conversation> items = new ArrayList<>();
              node.path("conversations")
                  .forEach(one -> items.add(Json.read(one, Conversation.class)));
              return new Page<>(items, node.path("next").asText(null));
            });
  }

  public CompletableFuture<Conversation> conversation(String id) {
    return get(CONVERSATIONS + "/" + id).thenApply(node -> Json.read(node, Conversation.class));
  }

  /**
   * Creates a group.
   *
   * @param id chosen by the caller: the same id of the same creator is the same group
   */
  public CompletableFuture<Conversation> createGroup(
      String ref, String id, String name, Collection<String> members, boolean history) {
    ObjectNode request =
        Json.object().put("ref", ref).put("kind", "group").put("id", id).put("name", name);
    members.forEach(request.putArray("members")::add);
    request.put("history", history);
    return call("POST", CONVERSATIONS, request)
        .thenApply(node -> Json.read(node, Conversation.class));
  }

  /** Opens the direct conversation with somebody; there is one of each pair. */
  public CompletableFuture<Conversation> createDirect(String ref, String with) {
    return call(
            "POST",
            CONVERSATIONS,
            Json.object().put("ref", ref).put("kind", "direct").put("with", with))
        .thenApply(node -> Json.read(node, Conversation.class));
  }

  public CompletableFuture<Accepted> post(String conversation, String ref, Body body) {
    ObjectNode request = Json.object().put("ref", ref);
    request.set("body", Json.tree(body));
    return append(conversation, "/messages", request);
  }

  public CompletableFuture<Accepted> edit(String conversation, String ref, long target, Body body) {
    ObjectNode request = Json.object().put("ref", ref);
    request.set("body", Json.tree(body));
    return append(conversation, "/messages/" + target + "/edit", request);
  }

  public CompletableFuture<Accepted> recall(String conversation, String ref, long target) {
    return append(conversation, "/messages/" + target + "/recall", Json.object().put("ref", ref));
  }

  /** Adds and removes members, up to 500 together. */
  public CompletableFuture<Accepted> changeMembers(
      String conversation, String ref, Collection<String> add, Collection<String> remove) {
    ObjectNode request = Json.object().put("ref", ref);
    ArrayNode added = request.putArray("add");
    add.forEach(added::add);
    ArrayNode removed = request.putArray("remove");
    remove.forEach(removed::add);
    return append(conversation, "/members", request);
  }

  public CompletableFuture<Accepted> leave(String conversation, String ref) {
    return append(conversation, "/leave", Json.object().put("ref", ref));
  }

  /** Renames a group; {@code history} is whether later members see what was before them. */
  public CompletableFuture<Accepted> change(
      String conversation, String ref, @Nullable String name, @Nullable Boolean history) {
    ObjectNode request = Json.object().put("ref", ref);
    if (name != null) {
      request.put("name", name);
    }
    if (history != null) {
      request.put("history", history);
    }
    return call("PATCH", CONVERSATIONS + "/" + conversation, request)
        .thenApply(node -> Json.read(node, Accepted.class));
  }

  private CompletableFuture<Accepted> append(String conversation, String path, JsonNode request) {
    return call("POST", CONVERSATIONS + "/" + conversation + path, request)
        .thenApply(node -> Json.read(node, Accepted.class));
  }

  /** The newest page of history. */
  public CompletableFuture<History> newest(String conversation, int limit) {
    return entries(conversation, "limit=" + limit);
  }

  /** Entries with numbers above {@code seq}, lowest first. */
  public CompletableFuture<History> after(String conversation, long seq, int limit) {
    return entries(conversation, "after=" + seq + "&limit=" + limit);
  }

  /** The newest entries with numbers below {@code seq}, lowest first. */
  public CompletableFuture<History> before(String conversation, long seq, int limit) {
    return entries(conversation, "before=" + seq + "&limit=" + limit);
  }

  private CompletableFuture<History> entries(String conversation, String query) {
    return get(CONVERSATIONS + "/" + conversation + "/entries?" + query)
        .thenApply(node -> Json.read(node, History.class));
  }

  /** Tells that one has read up to an entry. */
  public CompletableFuture<JsonNode> position(String conversation, long seq) {
    return call(
        "PUT", CONVERSATIONS + "/" + conversation + "/position", Json.object().put("seq", seq));
  }

  /** Who has ({@code read}) or has not ({@code unread}) read a message. */
  public CompletableFuture<Readers> readers(
      String conversation, long seq, String state, @Nullable String after) {
    String path =
        CONVERSATIONS + "/" + conversation + "/messages/" + seq + "/readers?state=" + state;
    return get(path + (after == null ? "" : "&after=" + encoded(after)))
        .thenApply(node -> Json.read(node, Readers.class));
  }

  /** What changed since a cursor; null: all. */
  public CompletableFuture<Sync> sync(@Nullable String cursor) {
    return get("/api/v1/sync" + (cursor == null ? "" : "?cursor=" + encoded(cursor)))
        .thenApply(node -> Json.read(node, Sync.class));
  }

  /** Completes after a time. */
  CompletableFuture<Void> later(long millis) {
    return CompletableFuture.runAsync(() -> {}, transport.after(millis));
  }

  CompletableFuture<JsonNode> get(String path) {
    return call("GET", path, null);
  }

  /** Makes a request that may be repeated: it asks, or carries a ref, or says what should be. */
  CompletableFuture<JsonNode> call(String method, String path, @Nullable JsonNode body) {
    return attempt(method, path, body, 1);
  }

  /** Makes a request that may not be repeated. */
  CompletableFuture<JsonNode> once(String method, String path, @Nullable JsonNode body) {
    return attempt(method, path, body, attempts);
  }

  private CompletableFuture<JsonNode> attempt(
      String method, String path, @Nullable JsonNode body, int number) {
    URI base = nodes.current();
    return tokens
        .fresh()
        .thenCompose(
            token ->
                transport
                    .send(base, method, path, body, token)
                    .whenComplete((answer, failure) -> notice(token, failure)))
        .exceptionallyCompose(failure -> again(method, path, body, number, base, failure));
  }

  private void notice(String token, @Nullable Throwable failure) {
    if (failure != null && Problems.of(failure).name().equals("unauthenticated")) {
      tokens.stale(token);
    }
  }

  private CompletableFuture<JsonNode> again(
      String method,
      String path,
      @Nullable JsonNode body,
      int number,
      URI base,
      Throwable failure) {
    Problem problem = Problems.of(failure);
    boolean other = problem.unknown() || problem.temporary();
    boolean refreshed = number == 1 && problem.name().equals("unauthenticated");
    if (number >= attempts || !(other || refreshed)) {
      return CompletableFuture.failedFuture(
          failure instanceof ProblemException known
              ? known
              : new ProblemException(problem, failure));
    }
    if (other) {
      nodes.failed(base);
    }
    Integer asked = problem.retryAfter();
    long delay = asked == null ? 100L << number : Math.min(asked, 5) * 1_000L;
    return CompletableFuture.supplyAsync(() -> number + 1, transport.after(delay))
        .thenCompose(next -> attempt(method, path, body, next));
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
