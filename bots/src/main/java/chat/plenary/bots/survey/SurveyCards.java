package chat.plenary.bots.survey;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws the cards of a survey in one language. */
final class SurveyCards {
  static final String INVITATION = "survey-invitation";
  static final String PRIVATE = "survey-private";
  private static final int PLAIN = 4;

  private final Definition survey;
  private final Phrases phrases;

  SurveyCards(Definition survey, Phrases phrases) {
    this.survey = survey;
    this.phrases = phrases;
  }

  /** What stands in the group. */
  JsonObject invitation(String language) {
    return buttons(
        INVITATION,
        survey.wording().in(language),
        survey.invitationTitle().in(language),
        survey.invitationText().in(language),
        button("answer", "begin", 1, language));
  }

  /** What stands in the private conversation, until its reader's own view replaces it. */
  JsonObject consent(String language) {
    return buttons(
        PRIVATE,
        survey.wording().in(language),
        survey.consentTitle().in(language),
        survey.consentText().in(language),
        button("agree", "agree", 1, language),
        button("decline", "stop", 2, language));
  }

  JsonObject stopped(String language) {
    return buttons(
        PRIVATE,
        survey.title().in(language),
        phrases.say("stopped", language),
        phrases.say("stoppedText", language),
        button("resume", "resume", 1, language),
        button("erase", "erase", PLAIN, language));
  }

  /** The last step, after all questions. */
  JsonObject sending(String language) {
    return buttons(
        PRIVATE,
        survey.title().in(language),
        phrases.say("sendTitle", language),
        phrases.say("sendText", language),
        button("send", "send", 1, language),
        button("back", "back", PLAIN, language),
        button("stop", "stop", PLAIN, language));
  }

  /** The question at which a draft stands. */
  JsonObject question(Draft draft, String language) {
    Question question = survey.questions().get(draft.at());
    boolean about = question.demographic();
    int subjects = survey.subjects();
    JsonArray actions = new JsonArray();
    if (draft.at() > 0) {
      actions.add(button("back", "back", PLAIN, language));
    }
    actions.add(button("skip", "skip", PLAIN, language));
    actions.add(button("stop", "stop", PLAIN, language));
    JsonObject title = new JsonObject().put("title", question.title().in(language));
    String hint = hint(question, language);
    if (hint != null) {
      title.put("desc", hint);
    }
    JsonObject card =
        new JsonObject()
            .put("card_type", "vote_interaction")
            .put("task_id", PRIVATE)
            .put(
                "source",
                new JsonObject()
                    .put(
                        "desc",
                        about ? phrases.say("optional", language) : survey.title().in(language)))
            .put("main_title", title)
            .put(
                "progress",
                new JsonObject()
                    .put("value", about ? draft.at() - subjects + 1 : draft.at() + 1)
                    .put("of", about ? survey.questions().size() - subjects : subjects));
    if (question.type() == Question.Type.TEXT) {
      card.put(
          "text_input",
          text(question.id(), phrases.say("words", language), question.max(), draft.texts()));
    } else {
      card.put("checkbox", options(question, draft, language));
      if (question.other() != null) {
        card.put(
            "text_input",
            text(
                question.otherKey(),
                phrases.say("otherWords", language),
                Interview.OTHER_LENGTH,
                draft.texts()));
      }
    }
    return card.put(
            "submit_button",
            new JsonObject().put("text", phrases.say("next", language)).put("key", "submit"))
        .put("button_list", actions);
  }

  private @Nullable String hint(Question question, String language) {
    return question.type() == Question.Type.TEXT
        ? null
        : question.most() > 1
            ? phrases.get("upTo").with(question.most()).in(language)
            : phrases.say("one", language);
  }

  private static JsonObject options(Question question, Draft draft, String language) {
    List<String> before = draft.chosen().getOrDefault(question.id(), List.of());
    JsonArray options = new JsonArray();
    for (Question.Option option : question.shown(draft.seed())) {
      options.add(
          new JsonObject()
              .put("id", option.id())
              .put("text", option.label().in(language))
              .put("is_checked", before.contains(option.id())));
    }
    return new JsonObject()
        .put("question_key", question.id())
        .put("mode", question.most() > 1 ? 1 : 0)
        .put("most", question.most())
        .put("option_list", options);
  }

  private static JsonObject text(String key, String title, int most, Map<String, String> texts) {
    return new JsonObject()
        .put("question_key", key)
        .put("title", title)
        .put("max_length", most)
        .put("value", texts.getOrDefault(key, ""));
  }

  private JsonObject button(String phrase, String key, int style, String language) {
    return new JsonObject()
        .put("type", 0)
        .put("text", phrases.say(phrase, language))
        .put("key", key)
        .put("style", style);
  }

  private static JsonObject buttons(
      String task, String source, String title, String text, JsonObject... buttons) {
    return new JsonObject()
        .put("card_type", "button_interaction")
        .put("task_id", task)
        .put("source", new JsonObject().put("desc", source))
        .put("main_title", new JsonObject().put("title", title).put("desc", text))
        .put("button_list", new JsonArray(List.of(buttons)));
  }
}
