package chat.plenary.bots.survey;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.message.CardHandler;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Surveys, as administrators and members use them. */
public final class Surveys {
  /** Groups that one push reaches, at the most. */
  public static final int MAX_GROUPS = 100;

  /** Below so many answers nothing is shown. */
  public static final int THRESHOLD = 10;

  /** Live counts move in steps of so many answers. */
  public static final int STEP = 5;

  private final Chat chat;
  private final boolean demo;
  private final int step;
  private final int threshold;
  private final Phrases phrases = new Phrases();
  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final Runs runs;
  private final Drafts drafts;
  private final Answers answers;
  private final Results results;
  private final Closing closing;
  private final Upkeep upkeep;
  private final Invitations invitations;
  private final SurveyHandler handler;

  private Surveys(
      Chat chat, Store store, Timers timers, boolean demo, Map<String, JsonObject> files) {
    this.chat = chat;
    this.demo = demo;
    this.step = demo ? 1 : STEP;
    this.threshold = demo ? 1 : THRESHOLD;
    files.forEach(
        (file, json) -> {
          Definition read = Definition.read(file, json);
          if (definitions.put(read.id(), read) != null) {
            throw Fault.invalid(file + ".id", "Another survey has this id.");
          }
        });
    this.runs = new Runs(store);
    this.drafts = new Drafts(store);
    this.answers = new Answers(store, drafts, timers.clock());
    this.results = new Results(store, answers, chat.signals(), timers, step, threshold);
    this.closing = new Closing(runs, drafts, answers, results);
    this.upkeep =
        new Upkeep(runs, drafts, answers, results, closing, run -> isOurs(chat, run), timers);
    this.invitations = new Invitations(chat, runs, phrases);
    this.handler =
        new SurveyHandler(
            definitions,
            runs,
            drafts,
            answers,
            results,
            chat.conversations(),
            chat.messages(),
            chat.signals(),
            phrases);
  }

  /**
   * Reads the definitions and creates indexes.
   *
   * @param demo whether results are shown from the first answer in steps of 1
   * @param files definition files by name
   * @throws Fault naming the place in a file that is wrong
   */
  public static Future<Surveys> open(
      Chat chat, Store store, Timers timers, boolean demo, Map<String, JsonObject> files) {
    Surveys surveys = new Surveys(chat, store, timers, demo, files);
    return surveys
        .runs
        .prepare()
        .compose(v -> surveys.drafts.prepare())
        .compose(v -> surveys.answers.prepare())
        .map(
            v -> {
              surveys.upkeep.start();
              return surveys;
            });
  }

  /** Whether this node works on the lane of the organisation that is asked. */
  private static boolean isOurs(Chat chat, Run run) {
    return chat.log().owns(chat.log().lane(ConversationId.of(run.organisation())));
  }

  /** Looks after what was left by nodes that died, now. */
  Future<Void> sweep() {
    return upkeep.sweep();
  }

  /** Answers for the cards of the surveys' bots. */
  public CardHandler handler() {
    return handler;
  }

  /** Whether an account is the bot of a survey. */
  public Future<Boolean> asks(AccountId bot) {
    return runs.ofBot(bot).map(found -> found != null);
  }

  /** The endpoints. */
  public List<Route> routes() {
    return new SurveyRoutes(this).routes();
  }

  /**
   * The bot of a survey in the caller's organisation, made where there is none yet.
   *
   * @param admin an owner or administrator
   */
  public Future<AccountId> bot(Caller admin, String survey) {
    Invitations.check(admin);
    return invitations.run(admin, definition(survey)).map(Runs.Entry::bot);
  }

  /**
   * Puts an invitation into groups, by the survey's bot. The bot is added where the caller
   * administers the group; the same ref again is the same card.
   *
   * @param admin an owner or administrator, and a member of the groups
   * @param groups 1 to {@value #MAX_GROUPS}
   * @return {@code {"bot","groups","messages"}}
   */
  public Future<JsonObject> push(
      Caller admin, String survey, Ref ref, List<ConversationId> groups) {
    Invitations.check(admin);
    List<ConversationId> distinct = groups.stream().distinct().toList();
    if (distinct.isEmpty() || distinct.size() > MAX_GROUPS) {
      throw Fault.invalid("groups", "This list has 1 to " + MAX_GROUPS + " members.");
    }
    Definition definition = definition(survey);
    return invitations
        .run(admin, definition)
        .compose(
            entry -> {
              if (entry.stage() != Runs.Stage.OPEN) {
                throw Fault.of(Fault.Code.GONE, "This survey is closed.");
              }
              return invitations
                  .push(admin, entry, definition, ref, distinct)
                  .map(invited -> pushed(entry, invited));
            });
  }

  private static JsonObject pushed(Runs.Entry entry, List<Invitations.Invited> invited) {
    JsonArray groups = new JsonArray();
    JsonArray messages = new JsonArray();
    for (Invitations.Invited one : invited) {
      groups.add(one.group().value());
      messages.add(new JsonObject().put("conversation", one.group().value()).put("seq", one.seq()));
    }
    return new JsonObject()
        .put("bot", entry.bot().value())
        .put("groups", groups)
        .put("messages", messages);
  }

  /** The surveys that the caller may see: all for administrators, else those that were begun. */
  public Future<JsonObject> list(Caller caller) {
    Future<JsonArray> all = Future.succeededFuture(new JsonArray());
    for (Definition survey : definitions.values()) {
      Run run = new Run(caller.organisation(), survey.id());
      all =
          all.compose(
              list ->
                  runs.find(run)
                      .compose(entry -> listed(caller, survey, run, entry))
                      .map(
                          one -> {
                            if (one != null) {
                              list.add(one);
                            }
                            return list;
                          }));
    }
    return all.map(list -> new JsonObject().put("surveys", list));
  }

  private Future<@Nullable JsonObject> listed(
      Caller caller, Definition survey, Run run, Runs.@Nullable Entry entry) {
    boolean admin = caller.role().administers();
    if (entry == null && !admin) {
      return Future.succeededFuture(null);
    }
    JsonObject one =
        new JsonObject()
            .put("id", survey.id())
            .put("title", survey.title().toJson())
            .put("wording", survey.wording().toJson())
            .put("state", entry == null || entry.stage() == Runs.Stage.OPEN ? "open" : "closed");
    return admin
        ? invitations
            .people(caller, run)
            .compose(
                people ->
                    figures(survey, run, entry)
                        .map(
                            figures ->
                                one.put("invited", people)
                                    .put(
                                        "answers",
                                        figures.tally() == null ? null : figures.tally().all())))
        : Future.succeededFuture(one);
  }

  /**
   * The results, for members of an organisation that is asked; whoever looks is told of changes for
   * some minutes. Fails as not found where the organisation was never asked.
   */
  Future<Figures> results(Caller caller, String survey) {
    Definition definition = definition(survey);
    Run run = new Run(caller.organisation(), survey);
    return runs.find(run)
        .compose(
            entry -> {
              if (entry == null) {
                throw Fault.notFound("survey");
              }
              chat.signals()
                  .send(new Signals.Signal.Opened(caller.account(), caller.organisation(), survey));
              if (entry.stage() == Runs.Stage.OPEN) {
                results.refresh(run);
              } else if (entry.stage() == Runs.Stage.CLOSING) {
                closing.close(run);
              }
              return figures(definition, run, entry);
            });
  }

  private Future<Figures> figures(Definition survey, Run run, Runs.@Nullable Entry entry) {
    boolean open = entry == null || entry.stage() == Runs.Stage.OPEN;
    return results
        .find(run)
        .map(
            published -> {
              Tally tally =
                  published == null || published.tally().all() < threshold
                      ? null
                      : published.tally();
              boolean exact = published != null && published.last();
              return new Figures(survey, open, tally, exact, step, threshold, demo, phrases);
            });
  }

  /** The results as the protocol has them. */
  public Future<JsonObject> resultsJson(Caller caller, String survey) {
    return results(caller, survey).map(Figures::toJson);
  }

  /** Closes a survey in the caller's organisation, for ever; then its figures are exact. */
  public Future<Void> close(Caller admin, String survey) {
    Invitations.check(admin);
    Run run = new Run(admin.organisation(), definition(survey).id());
    return runs.find(run)
        .compose(
            entry -> {
              if (entry == null) {
                throw Fault.notFound("survey");
              }
              return closing.close(run);
            });
  }

  /** Stops counting, and looking after runs. */
  public void close() {
    upkeep.close();
    results.close();
  }

  private Definition definition(String survey) {
    Definition found = definitions.get(survey);
    if (found == null) {
      throw Fault.notFound("survey");
    }
    return found;
  }
}
