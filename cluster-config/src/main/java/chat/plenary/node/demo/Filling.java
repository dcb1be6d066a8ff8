package chat.plenary.node.demo;

import chat.plenary.bots.survey.Surveys;
import chat.plenary.integrations.hook.Hooks;
import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.organisation.Department;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.organisation.OrganisationState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes the organisation of a demonstration through the same doors as everybody: what it makes are
 * real accounts and real entries. Each step may be repeated, so a filling that was cut short goes
 * on.
 */
public final class Filling {
  /** The survey that people are invited to. */
  private static final String SURVEY = "un75";

  private final Chat chat;
  private final Hooks hooks;
  private final Surveys surveys;
  private final String publicUrl;
  private final Script script = Script.read();

  public Filling(Chat chat, Hooks hooks, Surveys surveys, String publicUrl) {
    this.chat = chat;
    this.hooks = hooks;
    this.surveys = surveys;
    this.publicUrl = publicUrl;
  }

  /** Whether the store has no organisation yet. */
  Future<Boolean> isFree() {
    return chat.organisations().any().map(any -> !any);
  }

  /** Makes everything; what {@code demo.json} says comes of it. */
  Future<JsonObject> fill(Secrets secrets) {
    Map<String, String> tokens = new LinkedHashMap<>();
    JsonArray groups = new JsonArray();
    JsonArray bots = new JsonArray();
    return organisation(secrets)
        .compose(
            owner ->
                each(script.departments(), unit -> department(owner, unit))
                    .compose(v -> people(owner, secrets))
                    .compose(v -> each(script.bots(), bot -> bot(owner, bot, tokens)))
                    .compose(v -> chat.organisations().of(owner))
                    .compose(
                        state -> {
                          Conversing conversing = new Conversing(chat, state, publicUrl);
                          return each(script.groups(), group -> conversing.group(group, groups))
                              .compose(v -> each(script.direct(), conversing::direct))
                              .compose(v -> invite(owner, invited(state)))
                              .onSuccess(bots::add)
                              .compose(v -> hooks(owner, state, secrets))
                              .map(made -> facts(state, secrets, groups, bots, tokens, made));
                        }));
  }

  /** The organisation, as its owner sees it; made where it is not there. */
  private Future<Caller> organisation(Secrets secrets) {
    Script.Person owner = script.owner();
    return chat.organisations()
        .only()
        .compose(
            only ->
                only != null
                    ? Future.succeededFuture(only)
                    : chat.organisations()
                        .create(
                            script.organisation(), owner.userid(), owner.name(), secrets.password())
                        .compose(made -> chat.organisations().only()))
        .map(state -> caller(state, owner.userid()));
  }

  static Caller caller(OrganisationState state, String userid) {
    Account account = account(state, userid);
    return new Caller(account.id(), state.id(), null, account.role(), account.bot());
  }

  static Account account(OrganisationState state, String userid) {
    Account account = state.byUserid(userid);
    if (account == null) {
      throw new IllegalStateException("the demonstration has no " + userid);
    }
    return account;
  }

  private Future<Void> department(Caller owner, Script.Unit unit) {
    return chat.organisations().put(owner, new Department(unit.id(), unit.name(), unit.parent()));
  }

  private Future<Void> people(Caller owner, Secrets secrets) {
    return chat.organisations()
        .of(owner)
        .compose(
            state -> {
              List<Joining.Candidate> missing =
                  script.people().stream()
                      .filter(person -> state.byUserid(person.userid()) == null)
                      .map(
                          person ->
                              new Joining.Candidate(
                                  person.userid(),
                                  person.name(),
                                  secrets.password(),
                                  person.asRole(),
                                  person.departments()))
                      .toList();
              return missing.isEmpty()
                  ? Future.<Void>succeededFuture()
                  : chat.organisations().add(owner, missing).mapEmpty();
            })
        .compose(v -> ownerDepartments(owner));
  }

  /** The owner came with the organisation, before there were departments. */
  private Future<Void> ownerDepartments(Caller owner) {
    return chat.organisations()
        .change(owner, owner.account(), null, null, null, script.owner().departments())
        .mapEmpty();
  }

  private Future<Void> bot(Caller owner, Script.Bot bot, Map<String, String> tokens) {
    return chat.organisations()
        .of(owner)
        .compose(
            state -> {
              Account known = state.byUserid(bot.userid());
              return known == null
                  ? chat.organisations()
                      .addBot(owner, bot.userid(), bot.name())
                      .map(made -> made.token())
                  : chat.accounts().newBotToken(owner, known.id());
            })
        .map(
            token -> {
              tokens.put(bot.userid(), token.text());
              return null;
            });
  }

  /** Puts invitations into groups; the facts of the bot that asks. */
  private Future<JsonObject> invite(Caller owner, List<ConversationId> groups) {
    return surveys
        .push(owner, SURVEY, new Ref("demo-invitation"), groups)
        .compose(pushed -> surveys.bot(owner, SURVEY))
        .compose(
            bot ->
                chat.accounts()
                    .newBotToken(owner, bot)
                    .compose(
                        token ->
                            chat.organisations()
                                .accounts(owner, List.of(bot))
                                .map(
                                    found ->
                                        new JsonObject()
                                            .put("id", bot.value())
                                            .put("name", found.get(0).name())
                                            .put("token", token.text()))));
  }

  private List<ConversationId> invited(OrganisationState state) {
    return script.groups().stream()
        .filter(Script.Group::survey)
        .map(group -> ConversationId.group(state.id(), group.id()))
        .toList();
  }

  private Future<JsonArray> hooks(Caller owner, OrganisationState state, Secrets secrets) {
    JsonArray made = new JsonArray();
    List<Script.Group> with =
        script.groups().stream().filter(group -> group.hook() != null).toList();
    return each(
            with,
            group -> {
              ConversationId id = ConversationId.group(state.id(), group.id());
              AccountId bot = account(state, String.valueOf(group.hook())).id();
              return hooks
                  .make(owner, "alertmanager", id, bot, secrets.hook(group.id()))
                  .map(
                      hook -> {
                        made.add(
                            new JsonObject()
                                .put("kind", "alertmanager")
                                .put("url", "/hooks/" + hook.secret())
                                .put("group", id.value()));
                        return null;
                      });
            })
        .map(made);
  }

  private JsonObject facts(
      OrganisationState state,
      Secrets secrets,
      JsonArray groups,
      JsonArray surveyBots,
      Map<String, String> tokens,
      JsonArray hooks) {
    OrganisationId id = state.id();
    JsonArray users = new JsonArray();
    script.people().stream()
        .map(person -> account(state, person.userid()))
        .sorted(Comparator.comparing((Account account) -> account.role() != Role.OWNER))
        .forEach(
            account ->
                users.add(
                    new JsonObject()
                        .put("id", account.id().value())
                        .put("userid", account.userid())
                        .put("name", account.name())
                        .put("password", secrets.password())
                        .put("role", account.role().name().toLowerCase(java.util.Locale.ROOT))));
    JsonArray bots = new JsonArray();
    script
        .bots()
        .forEach(
            bot ->
                bots.add(
                    new JsonObject()
                        .put("id", account(state, bot.userid()).id().value())
                        .put("name", bot.name())
                        .put("token", tokens.get(bot.userid()))));
    surveyBots.forEach(bots::add);
    return new JsonObject()
        .put("organisation", new JsonObject().put("id", id.value()).put("name", state.name()))
        .put("users", users)
        .put("groups", groups)
        .put("bots", bots)
        .put("hooks", hooks);
  }

  /** One after the other. */
  static <T> Future<Void> each(List<T> all, Function<T, Future<Void>> step) {
    Future<Void> done = Future.succeededFuture();
    for (T one : all) {
      done = done.compose(v -> step.apply(one));
    }
    return done;
  }
}
