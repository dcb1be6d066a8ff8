package chat.plenary.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The caller's organisation and its members. */
public final class Directory {
  private static final String MEMBERS = "/api/v1/members";
  private final Session session;

  Directory(Session session) {
    this.session = session;
  }

  /**
   * Somebody to add.
   *
   * @param password null where only tickets shall sign in
   */
  public record NewMember(
      String userid, String name, @Nullable String password, @Nullable String role) {}

  /**
   * What became of somebody who was to be added.
   *
   * @param id of the account, or null
   * @param problem why there is none, or null
   */
  public record Added(String userid, @Nullable String id, @Nullable Problem problem) {}

  /** A bot's account and its token, which is told once. */
  public record NewBot(String id, String token) {}

  public CompletableFuture<JsonNode> organisation() {
    return session.get("/api/v1/organisation");
  }

  /** A page of members; {@code after} is null for the first. */
  public CompletableFuture<Page<Account>> members(@Nullable String after) {
    return session
        .get(MEMBERS + (after == null ? "" : "?after=" + Session.encoded(after)))
        .thenApply(
            node -> {
              List<Account> items = new ArrayList<>();
              node.path("members").forEach(one -> items.add(Json.read(one, Account.class)));
              return new Page<>(items, node.path("next").asText(null));
            });
  }

  /** Adds up to 500 members; answers in the same order. Not repeated: a userid is taken once. */
  public CompletableFuture<List<Added>> add(List<NewMember> members) {
    ObjectNode request = Json.object();
    ArrayNode array = request.putArray("members");
    members.forEach(member -> array.add(Json.tree(member)));
    return session
        .once("POST", MEMBERS, request)
        .thenApply(
            node -> {
              List<Added> added = new ArrayList<>();
              node.path("members").forEach(one -> added.add(Json.read(one, Added.class)));
              return added;
            });
  }

  /** Changes what is not null. */
  public CompletableFuture<JsonNode> change(
      String account, @Nullable String name, @Nullable String role, @Nullable Boolean disabled) {
    ObjectNode request = Json.object();
    if (name != null) {
      request.put("name", name);
    }
    if (role != null) {
      request.put("role", role);
    }
    if (disabled != null) {
      request.put("disabled", disabled);
    }
    return session.call("PATCH", MEMBERS + "/" + account, request);
  }

  public CompletableFuture<JsonNode> remove(String account) {
    return session.call("DELETE", MEMBERS + "/" + account, null);
  }

  /** Ends all sessions of an account. */
  public CompletableFuture<JsonNode> signOut(String account) {
    return session.call("POST", MEMBERS + "/" + account + "/sign-out", Json.object());
  }

  /** Makes tickets, 1 to 1,000, each of which signs the account in once within a day. */
  public CompletableFuture<List<String>> tickets(String account, int count) {
    return session
        .once("POST", MEMBERS + "/" + account + "/tickets", Json.object().put("count", count))
        .thenApply(
            node -> {
              List<String> tickets = new ArrayList<>();
              node.path("tickets").forEach(one -> tickets.add(one.asText()));
              return tickets;
            });
  }

  public CompletableFuture<NewBot> addBot(String userid, String name) {
    return session
        .once("POST", "/api/v1/bots", Json.object().put("userid", userid).put("name", name))
        .thenApply(node -> Json.read(node, NewBot.class));
  }
}
