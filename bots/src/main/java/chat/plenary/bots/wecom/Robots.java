package chat.plenary.bots.wecom;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Secret;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.organisation.OrganisationState;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.Update;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The robots of groups: who makes and removes them, and which of them a key belongs to. */
final class Robots {
  static final String COLLECTION = "wecom_robots";

  /** Robots of one group, at the most. */
  static final int MOST = 20;

  private static final int KEY_LENGTH = 36;

  private final Chat chat;
  private final Store store;
  private final Places places;
  private final Pace pace;

  Robots(Chat chat, Store store, Pace pace) {
    this.chat = chat;
    this.store = store;
    this.places = new Places(store, COLLECTION, MOST);
    this.pace = pace;
  }

  /**
   * A robot whose key was just drawn.
   *
   * @param key known to nobody but who is told it now
   */
  record Made(Robot robot, Secret key) {}

  /**
   * A robot as it stands.
   *
   * @param active whether what is sent by its key is posted: its account is there and not disabled,
   *     and a member of the group
   */
  record Seen(Robot robot, boolean active) {}

  /**
   * A robot and those it speaks to.
   *
   * @param organisation its organisation as this node knows it now
   * @param conversation its group
   */
  record Speaking(Robot robot, OrganisationState organisation, ConversationState conversation) {
    /** Somebody who may be mentioned: a member of the group. */
    @Nullable Account member(String userid) {
      Account account = organisation.byUserid(userid);
      return account != null && !account.disabled() && conversation.isMember(account.id())
          ? account
          : null;
    }
  }

  Future<Void> prepare() {
    return store.index(Index.unique(COLLECTION, "k"));
  }

  /** Makes a robot, for who administers the group. */
  Future<Made> make(Caller caller, ConversationId group, String name) {
    Secret key = key();
    AccountId account = AccountId.random();
    return administered(caller, group)
        .compose(
            view ->
                places.take(
                    group.value(),
                    id ->
                        new Robot(
                                id,
                                caller.organisation(),
                                group,
                                account,
                                name,
                                caller.account(),
                                chat.clock().instant())
                            .row(key.hash()),
                    most ->
                        Fault.of(Fault.Code.CONFLICT, "A group has at most " + most + " robots.")))
        .map(Robot::of)
        .compose(robot -> join(caller, robot).map(new Made(robot, key)));
  }

  /** Draws a new key, which ends the one before. */
  Future<Made> newKey(Caller caller, ConversationId group, AccountId account) {
    Secret key = key();
    return own(caller, group, account)
        .compose(
            robot ->
                store
                    .update(
                        COLLECTION,
                        Update.of(robot.id()).expect("a", account.value()).set("k", key.hash()))
                    .map(
                        found -> {
                          if (!found) {
                            throw Fault.notFound("robot");
                          }
                          return new Made(robot, key);
                        }));
  }

  /** Removes a robot with its account; what it said stays. */
  Future<Void> remove(Caller caller, ConversationId group, AccountId account) {
    return own(caller, group, account).compose(this::remove);
  }

  /** The robots of a group, in order of their places, for who administers it. */
  Future<List<Seen>> list(Caller caller, ConversationId group, int after, int limit) {
    return administered(caller, group)
        .compose(
            view ->
                chat.organisations()
                    .of(caller)
                    .compose(
                        organisation ->
                            places
                                .of(group.value(), after, limit)
                                .map(
                                    rows ->
                                        rows.stream()
                                            .map(Robot::of)
                                            .map(
                                                one ->
                                                    new Seen(
                                                        one,
                                                        isActive(one, organisation, view.state())))
                                            .toList())));
  }

  /**
   * The robot of a key; fails with {@link Errcode#WEBHOOK} where there is none that can speak, for
   * whatever reason.
   */
  Future<Speaking> find(@Nullable String key) {
    if (key == null || key.length() != KEY_LENGTH) {
      return Future.failedFuture(Refusal.of(Errcode.WEBHOOK));
    }
    return store
        .find(
            Query.in(COLLECTION, "k")
                .anyOf(List.of(new BsonString(new Secret(key).hash())))
                .limit(1))
        .compose(
            rows ->
                rows.isEmpty()
                    ? Future.failedFuture(Refusal.of(Errcode.WEBHOOK))
                    : speaking(Robot.of(rows.get(0))));
  }

  private Future<Speaking> speaking(Robot robot) {
    return chat.organisations()
        .of(robot.caller())
        .compose(
            organisation ->
                chat.log()
                    .state(robot.group())
                    .map(
                        state -> {
                          ConversationState group = (ConversationState) state;
                          if (!isActive(robot, organisation, group)
                              || !hasPeople(organisation, group)) {
                            throw Refusal.of(Errcode.WEBHOOK);
                          }
                          return new Speaking(robot, organisation, group);
                        }));
  }

  private static boolean isActive(
      Robot robot, OrganisationState organisation, ConversationState group) {
    Account account = organisation.account(robot.account());
    return account != null
        && account.bot()
        && !account.disabled()
        && robot.organisation().equals(group.organisation())
        && group.isMember(robot.account());
  }

  /** A group that all people have left is one no more. */
  private static boolean hasPeople(OrganisationState organisation, ConversationState group) {
    return group.members().entrySet().stream()
        .filter(member -> member.getValue().current())
        .map(member -> organisation.account(member.getKey()))
        .anyMatch(account -> account != null && !account.bot());
  }

  /** Gives the robot its account, and a seat in the group; takes all back where that is refused. */
  private Future<Void> join(Caller caller, Robot robot) {
    String userid = "robot-" + UUID.randomUUID().toString().substring(24);
    return chat.organisations()
        .addBot(Caller.service(robot.organisation()), robot.account(), userid, robot.name())
        .compose(
            v ->
                chat.conversations()
                    .changeMembers(
                        caller,
                        robot.group(),
                        List.of(robot.account()),
                        List.of(),
                        new Ref("robot-" + UUID.randomUUID())))
        .compose(changed -> stands(changed.outcome()))
        .recover(
            failure ->
                failure instanceof Fault fault && fault.code().status() != 503
                    ? remove(robot).transform(removed -> Future.failedFuture(failure))
                    : Future.failedFuture(failure));
  }

  private static Future<Void> stands(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      return Future.failedFuture(refused.why());
    }
    return outcome instanceof Outcome.Accepted
        ? Future.succeededFuture()
        : Future.failedFuture(
            Fault.of(
                Fault.Code.UNKNOWN,
                "It is not known whether the robot was made: look at the group's robots."));
  }

  /** The account goes first: while its row is there, removing can be repeated. */
  private Future<Void> remove(Robot robot) {
    return chat.organisations()
        .remove(Caller.service(robot.organisation()), robot.account())
        .recover(
            failure ->
                failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure))
        .compose(v -> pace.forget(robot))
        .compose(v -> store.delete(COLLECTION, List.of(robot.id())))
        .mapEmpty();
  }

  private Future<Robot> own(Caller caller, ConversationId group, AccountId account) {
    return administered(caller, group)
        .compose(view -> places.of(group.value(), -1, MOST))
        .map(
            rows -> {
              for (BsonDocument row : rows) {
                Robot robot = Robot.of(row);
                if (robot.account().equals(account)) {
                  return robot;
                }
              }
              throw Fault.notFound("robot");
            });
  }

  private Future<Access.View> administered(Caller caller, ConversationId group) {
    return chat.access()
        .view(caller, group)
        .map(
            view -> {
              if (!group.isGroup()) {
                throw Fault.invalid("id", "Only groups have robots.");
              }
              if (!view.member().role().administers()) {
                throw Fault.of(
                    Fault.Code.FORBIDDEN,
                    "Only the group's owner and administrators see and make its robots.");
              }
              return view;
            });
  }

  private static Secret key() {
    return new Secret(UUID.randomUUID().toString());
  }
}
