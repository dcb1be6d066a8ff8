package chat.plenary.bots.survey;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Conversations;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.message.CardAnswer;
import chat.plenary.messaging.message.CardHandler;
import chat.plenary.messaging.message.CardView;
import chat.plenary.messaging.message.Messages;
import chat.plenary.messaging.message.PostedCard;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks people: the invitation in a group, and the private conversation card by card. */
final class SurveyHandler implements CardHandler {
  private static final int RACES = 4;

  private final Map<String, Definition> definitions;
  private final Runs runs;
  private final Drafts drafts;
  private final Answers answers;
  private final Results results;
  private final Conversations conversations;
  private final Messages messages;
  private final Signals signals;
  private final Phrases phrases;

  SurveyHandler(
      Map<String, Definition> definitions,
      Runs runs,
      Drafts drafts,
      Answers answers,
      Results results,
      Conversations conversations,
      Messages messages,
      Signals signals,
      Phrases phrases) {
    this.definitions = definitions;
    this.runs = runs;
    this.drafts = drafts;
    this.answers = answers;
    this.results = results;
    this.conversations = conversations;
    this.messages = messages;
    this.signals = signals;
    this.phrases = phrases;
  }

  /**
   * One person before one card.
   *
   * @param run the run, as far as it is now
   */
  private record Sitting(
      Caller viewer, PostedCard posted, Definition survey, Runs.Entry run, String language) {
    boolean inPrivate() {
      return SurveyCards.PRIVATE.equals(posted.card().getString("task_id"));
    }
  }

  @Override
  public Future<CardView> view(Caller viewer, PostedCard posted, String languages) {
    return sit(viewer, posted, languages)
        .compose(
            sitting -> {
              if (sitting == null) {
                return Future.succeededFuture(CardView.open());
              }
              return sitting.run().stage() != Runs.Stage.OPEN
                  ? Future.succeededFuture(closed(sitting))
                  : pseudonym(sitting).compose(drafts::find).compose(row -> show(sitting, row));
            })
        .recover(failure -> fault(failure, Fault.Code.UNAVAILABLE));
  }

  @Override
  public Future<CardView> answer(
      Caller viewer, PostedCard posted, CardAnswer answer, String languages) {
    return sit(viewer, posted, languages)
        .compose(
            sitting -> {
              if (sitting == null) {
                throw Fault.of(Fault.Code.GONE, "Nobody takes answers to this card any more.");
              }
              if (sitting.run().stage() != Runs.Stage.OPEN) {
                return Future.succeededFuture(closed(sitting));
              }
              return sitting.inPrivate()
                  ? pseudonym(sitting)
                      .compose(pseudonym -> step(sitting, pseudonym, answer, RACES))
                      .onSuccess(
                          view ->
                              signals.send(
                                  new Signals.Signal.Card(
                                      posted.conversation(), posted.seq(), viewer.account())))
                  : begin(sitting, answer);
            })
        .recover(failure -> fault(failure, Fault.Code.UNKNOWN));
  }

  /** Null where there is nobody to be asked: for bots, and before cards that are not a survey's. */
  private Future<@Nullable Sitting> sit(Caller viewer, PostedCard posted, String languages) {
    return runs.ofBot(posted.sender())
        .compose(known -> known == null ? Future.succeededFuture(null) : runs.find(known.run()))
        .map(
            run -> {
              Definition survey = run == null ? null : definitions.get(run.run().survey());
              if (run == null || survey == null || viewer.bot()) {
                return null;
              }
              Sitting sitting =
                  new Sitting(viewer, posted, survey, run, Wording.language(languages));
              boolean own =
                  posted
                      .conversation()
                      .equals(
                          ConversationId.direct(
                              viewer.organisation(), run.bot(), viewer.account()));
              String task = posted.card().getString("task_id");
              return own == sitting.inPrivate() && (own || SurveyCards.INVITATION.equals(task))
                  ? sitting
                  : null;
            });
  }

  private Future<String> pseudonym(Sitting sitting) {
    return drafts.pseudonym(sitting.run().run(), sitting.viewer().account().value());
  }

  /** Whoever accepts an invitation gets a private conversation, and in it one card. */
  private Future<CardView> begin(Sitting sitting, CardAnswer answer) {
    if (!answer.key().equals("begin")) {
      throw Fault.invalid("key", "There is no such button on this card.");
    }
    Caller bot = sitting.run().caller();
    MessageBody card =
        new MessageBody.Card(sitting.survey().title().in("en"), cards(sitting).consent("en"));
    return conversations
        .createDirect(bot, sitting.viewer().account())
        .compose(
            direct ->
                messages.post(
                    bot,
                    direct,
                    new Ref("survey-" + sitting.survey().id()),
                    card,
                    UUID.randomUUID().toString()))
        .compose(
            outcome -> {
              Outcomes.check(outcome);
              return pseudonym(sitting).compose(drafts::find);
            })
        .map(row -> invited(sitting, row, true));
  }

  private Future<CardView> step(Sitting sitting, String pseudonym, CardAnswer answer, int races) {
    if (races == 0) {
      throw Fault.of(
          Fault.Code.CONFLICT, "key", "The survey has moved on, perhaps on another device.");
    }
    Run run = sitting.run().run();
    return drafts
        .find(pseudonym)
        .compose(
            row -> {
              if (row == null || row.stage() == Drafts.Stage.ERASED) {
                return outside(sitting, pseudonym, row, answer, races);
              }
              return row.stage() == Drafts.Stage.OPEN
                  ? drafts
                      .read(row)
                      .compose(
                          draft ->
                              draft == null
                                  ? outside(sitting, pseudonym, row, answer, races)
                                  : step(sitting, row, draft, answer, races))
                  : finish(sitting, run, row);
            });
  }

  /** There is no draft: one agrees, or does not. */
  private Future<CardView> outside(
      Sitting sitting, String pseudonym, Drafts.@Nullable Row row, CardAnswer answer, int races) {
    return switch (answer.key()) {
      case "agree" -> {
        Draft draft = Draft.fresh(answer.ref().value());
        yield drafts
            .begin(sitting.run().run(), pseudonym, row, draft)
            .compose(
                begun ->
                    begun
                        ? Future.succeededFuture(ask(sitting, draft))
                        : step(sitting, pseudonym, answer, races - 1));
      }
      case "stop", "erase" ->
          Future.succeededFuture(
              consent(sitting, answer.key().equals("stop") ? "declined" : "erased"));
      default -> throw Fault.invalid("key", "Agree first; there is no such button on this card.");
    };
  }

  private Future<CardView> step(
      Sitting sitting, Drafts.Row row, Draft draft, CardAnswer answer, int races) {
    if (draft.refs().contains(answer.ref().value()) || answer.key().equals("agree")) {
      return Future.succeededFuture(ask(sitting, draft));
    }
    if (answer.key().equals("erase")) {
      return drafts
          .erase(row)
          .compose(
              erased ->
                  erased
                      ? Future.succeededFuture(consent(sitting, "erased"))
                      : step(sitting, row.id(), answer, races - 1));
    }
    Draft next = new Interview(sitting.survey()).after(draft, answer).took(answer.ref().value());
    boolean send = answer.key().equals("send");
    return drafts
        .write(row, next, send ? Drafts.Stage.SENDING : Drafts.Stage.OPEN)
        .compose(
            written ->
                written && !send
                    ? Future.succeededFuture(ask(sitting, next))
                    : step(sitting, row.id(), answer, written ? races : races - 1));
  }

  private Future<CardView> finish(Sitting sitting, Run run, Drafts.Row row) {
    if (row.stage() == Drafts.Stage.DONE) {
      return Future.succeededFuture(done(sitting));
    }
    return answers
        .finish(run, row)
        .map(
            v -> {
              results.refresh(run);
              return done(sitting);
            });
  }

  private Future<CardView> show(Sitting sitting, Drafts.@Nullable Row row) {
    if (!sitting.inPrivate()) {
      return Future.succeededFuture(invited(sitting, row, row != null));
    }
    if (row == null || row.stage() == Drafts.Stage.ERASED) {
      return Future.succeededFuture(consent(sitting, null));
    }
    if (row.stage() != Drafts.Stage.OPEN) {
      return finish(sitting, sitting.run().run(), row);
    }
    return drafts
        .read(row)
        .map(draft -> draft == null ? consent(sitting, null) : ask(sitting, draft));
  }

  private CardView invited(Sitting sitting, Drafts.@Nullable Row row, boolean begun) {
    if (row != null && row.stage() == Drafts.Stage.DONE) {
      return done(sitting);
    }
    String message =
        begun
            ? phrases.get("private").with(sitting.survey().botName()).in(sitting.language())
            : null;
    return new CardView(
        CardView.State.OPEN, cards(sitting).invitation(sitting.language()), Map.of(), message);
  }

  private CardView ask(Sitting sitting, Draft draft) {
    SurveyCards cards = cards(sitting);
    String language = sitting.language();
    if (draft.stopped()) {
      return new CardView(CardView.State.OPEN, cards.stopped(language), Map.of(), null);
    }
    if (draft.at() >= sitting.survey().questions().size()) {
      return new CardView(CardView.State.OPEN, cards.sending(language), Map.of(), null);
    }
    String id = sitting.survey().questions().get(draft.at()).id();
    List<String> chosen = draft.chosen().getOrDefault(id, List.of());
    return new CardView(
        CardView.State.OPEN,
        cards.question(draft, language),
        chosen.isEmpty() ? Map.of() : Map.of(id, chosen),
        null);
  }

  private CardView consent(Sitting sitting, @Nullable String remark) {
    return new CardView(
        CardView.State.OPEN,
        cards(sitting).consent(sitting.language()),
        Map.of(),
        remark == null ? null : phrases.say(remark, sitting.language()));
  }

  private static CardView done(Sitting sitting) {
    return new CardView(
        CardView.State.ANSWERED, null, Map.of(), sitting.survey().thanks().in(sitting.language()));
  }

  private CardView closed(Sitting sitting) {
    return new CardView(
        CardView.State.CLOSED, null, Map.of(), phrases.say("closed", sitting.language()));
  }

  private SurveyCards cards(Sitting sitting) {
    return new SurveyCards(sitting.survey(), phrases);
  }

  private static Future<CardView> fault(Throwable failure, Fault.Code code) {
    return Future.failedFuture(
        failure instanceof StoreException
            ? Fault.of(
                code,
                code == Fault.Code.UNKNOWN
                    ? "It is not known whether this happened: repeat it with the same ref."
                    : "The store does not answer now: try again.")
            : failure);
  }
}
