package chat.plenary.messaging.conversation;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.log.Outcome;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Creating and changing groups and direct conversations. */
public final class Conversations {
  /** Accounts that one request adds and removes together. */
  public static final int MAX_CHANGED = 500;

  /** Characters of a group's name. */
  public static final int MAX_NAME = 50;

  private final Log log;
  private final Access access;
  private final BiFunction<OrganisationId, Collection<AccountId>, Future<Set<AccountId>>> directory;

  /**
   * Conversations over a log.
   *
   * @param directory of an organisation and some accounts: those that are its members, and not
   *     disabled
   */
  public Conversations(
      Log log,
      Access access,
      BiFunction<OrganisationId, Collection<AccountId>, Future<Set<AccountId>>> directory) {
    this.log = log;
    this.access = access;
    this.directory = directory;
  }

  /**
   * A conversation and what became of the wish to change it.
   *
   * @param id the conversation
   * @param outcome what became of it
   */
  public record Changed(ConversationId id, Outcome outcome) {}

  /**
   * A page of members, in order of their ids.
   *
   * @param members ids and roles
   * @param next what to pass as {@code after} for the next page, or null at the end
   */
  public record MemberPage(List<Map.Entry<AccountId, GroupRole>> members, @Nullable String next) {}

  /**
   * Creates a group, or finds that it was created before.
   *
   * @param chosen the id that the creator chose for it: 1 to 64 characters, unique in the
   *     organisation
   * @param name 1 to 50 characters
   * @param members at most 500, besides the creator
   * @param history whether members who come later see what was before
   */
  public Future<Changed> createGroup(
      Caller caller,
      String chosen,
      String name,
      Collection<AccountId> members,
      boolean history,
      Ref ref) {
    ConversationId id = ConversationId.group(caller.organisation(), chosen);
    BsonDocument body =
        body(caller, "group", members)
            .append("name", new BsonString(name))
            .append("history", BsonBoolean.valueOf(history));
    return known("members", caller.organisation(), members)
        .compose(v -> append(caller, id, ref, Kinds.CREATED, body));
  }

  /**
   * Finds or creates the direct conversation with another account. It is one, whoever begins it,
   * however often: the ref of its first entry derives from its id, so that two who begin at once
   * meet.
   */
  public Future<ConversationId> createDirect(Caller caller, AccountId other) {
    ConversationId id = ConversationId.direct(caller.organisation(), caller.account(), other);
    BsonDocument body = body(caller, "direct", List.of(other)).append("history", BsonBoolean.TRUE);
    return known("with", caller.organisation(), List.of(other))
        .compose(v -> append(caller, id, new Ref("direct"), Kinds.CREATED, body))
        .map(
            changed -> {
              if (changed.outcome() instanceof Outcome.Refused refused
                  && refused.why().code() != Fault.Code.CONFLICT) {
                throw refused.why();
              }
              if (changed.outcome() instanceof Outcome.Unknown) {
                throw Fault.of(
                    Fault.Code.UNKNOWN, "It is not known whether this happened: repeat it.");
              }
              return id;
            });
  }

  /**
   * What is to be different in a group; null leaves a thing as it is.
   *
   * @param name 1 to 50 characters
   * @param history whether members who come later see what was before
   * @param languages the tags of what it speaks, at most 6
   * @param translation what may be translated, and where
   */
  public record Wish(
      @Nullable String name,
      @Nullable Boolean history,
      @Nullable List<String> languages,
      @Nullable TranslationPolicy translation) {
    /** Whether it changes nothing. */
    public boolean isEmpty() {
      return name == null && history == null && languages == null && translation == null;
    }

    private BsonDocument body() {
      BsonDocument body = new BsonDocument();
      if (name != null) {
        body.append("name", new BsonString(name));
      }
      if (history != null) {
        body.append("history", BsonBoolean.valueOf(history));
      }
      if (languages != null) {
        body.append("languages", Bson.strings(languages));
      }
      if (translation != null) {
        body.append("translation", new BsonString(translation.text()));
      }
      return body;
    }
  }

  /** Changes a group's name and settings. */
  public Future<Changed> change(Caller caller, ConversationId id, Wish wish, Ref ref) {
    return append(caller, id, ref, Kinds.CHANGED, wish.body());
  }

  /** Adds and removes members of a group, at most 500 together. */
  public Future<Changed> changeMembers(
      Caller caller,
      ConversationId id,
      Collection<AccountId> add,
      Collection<AccountId> remove,
      Ref ref) {
    if (add.isEmpty() && remove.isEmpty()) {
      return Future.failedFuture(Fault.invalid("add", "Nobody is added or removed."));
    }
    if (add.size() + remove.size() > MAX_CHANGED) {
      return Future.failedFuture(
          Fault.invalid("add", "At most 500 are added and removed together."));
    }
    BsonDocument body =
        new BsonDocument("add", Bson.strings(texts(add)))
            .append("remove", Bson.strings(texts(remove)));
    return known("add", caller.organisation(), add)
        .compose(v -> append(caller, id, ref, Kinds.MEMBERS, body));
  }

  /** Leaves a group. */
  public Future<Changed> leave(Caller caller, ConversationId id, Ref ref) {
    BsonDocument body =
        new BsonDocument("add", Bson.strings(List.of()))
            .append("remove", Bson.strings(List.of(caller.account().value())));
    return append(caller, id, ref, Kinds.MEMBERS, body);
  }

  /**
   * A page of the present members.
   *
   * @param after the {@code next} of the page before, or null
   * @param limit 1 to 200
   */
  public Future<MemberPage> members(
      Caller caller, ConversationId id, @Nullable String after, int limit) {
    return access
        .view(caller, id)
        .map(
            view -> {
              List<Map.Entry<AccountId, GroupRole>> page = new ArrayList<>();
              view.state().members().entrySet().stream()
                  .filter(e -> e.getValue().current())
                  .filter(e -> after == null || e.getKey().value().compareTo(after) > 0)
                  .sorted(Comparator.comparing(e -> e.getKey().value()))
                  .limit(limit + 1L)
                  .forEach(e -> page.add(Map.entry(e.getKey(), e.getValue().role())));
              boolean more = page.size() > limit;
              List<Map.Entry<AccountId, GroupRole>> shown = more ? page.subList(0, limit) : page;
              return new MemberPage(
                  List.copyOf(shown), more ? shown.get(shown.size() - 1).getKey().value() : null);
            });
  }

  private Future<Changed> append(
      Caller caller, ConversationId id, Ref ref, String kind, BsonDocument body) {
    Command command =
        new Command(id, caller.account(), ref, kind, 1, body, false, UUID.randomUUID().toString());
    return log.append(command).map(outcome -> new Changed(id, outcome));
  }

  private static BsonDocument body(Caller caller, String kind, Collection<AccountId> members) {
    return new BsonDocument("kind", new BsonString(kind))
        .append("organisation", new BsonString(caller.organisation().value()))
        .append("members", Bson.strings(texts(members)));
  }

  private static List<String> texts(Collection<AccountId> accounts) {
    return accounts.stream().map(AccountId::value).distinct().sorted().toList();
  }

  private Future<Void> known(
      String field, OrganisationId organisation, Collection<AccountId> accounts) {
    if (accounts.isEmpty()) {
      return Future.succeededFuture();
    }
    return directory
        .apply(organisation, accounts)
        .map(
            found -> {
              for (AccountId account : accounts) {
                if (!found.contains(account)) {
                  throw Fault.of(
                      Fault.Code.NOT_FOUND, field, "There is no account " + account + " here.");
                }
              }
              return null;
            });
  }
}
