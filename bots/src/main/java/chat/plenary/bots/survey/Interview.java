package chat.plenary.bots.survey;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.message.CardAnswer;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What pressing a button does to a draft. Pure. */
final class Interview {
  /** Code points of the words beside an option that takes them. */
  static final int OTHER_LENGTH = 140;

  private final Definition survey;

  Interview(Definition survey) {
    this.survey = survey;
  }

  /**
   * The draft after an answer.
   *
   * @throws Fault naming what is wrong
   */
  Draft after(Draft draft, CardAnswer answer) {
    int end = survey.questions().size();
    return switch (answer.key()) {
      case "resume" -> draft.moved(draft.at(), false);
      case "stop" -> kept(draft, answer, false).moved(draft.at(), true);
      case "back" -> kept(draft, answer, false).moved(Math.max(0, draft.at() - 1), false);
      case "skip" -> {
        Question question = asked(draft, answer);
        yield draft.answered(question, List.of(), "").moved(draft.at() + 1, false);
      }
      case "submit" -> {
        asked(draft, answer);
        yield kept(draft, answer, true).moved(draft.at() + 1, false);
      }
      case "send" -> {
        if (draft.at() < end) {
          throw moved();
        }
        yield draft;
      }
      default -> throw Fault.invalid("key", "There is no such button on this card.");
    };
  }

  /** The question that an answer is about, which must be the one that is asked. */
  private Question asked(Draft draft, CardAnswer answer) {
    if (draft.at() >= survey.questions().size() || draft.stopped()) {
      throw moved();
    }
    Question question = survey.questions().get(draft.at());
    Set<String> keys = Set.of(question.id(), question.otherKey());
    for (Map<String, ?> part : List.<Map<String, ?>>of(answer.selected(), answer.texts())) {
      for (String key : part.keySet()) {
        if (!keys.contains(key)) {
          if (survey.questions().stream()
              .anyMatch(one -> one.id().equals(key) || one.otherKey().equals(key))) {
            throw moved();
          }
          throw Fault.invalid("selected", "There is no question '" + key + "' on this card.");
        }
      }
    }
    return question;
  }

  /**
   * The draft with what was chosen and written so far.
   *
   * @param whole whether it must be complete; else whatever is not in order is a fault too, but
   *     nothing need be chosen
   */
  private Draft kept(Draft draft, CardAnswer answer, boolean whole) {
    if (draft.at() >= survey.questions().size() || draft.stopped()) {
      return draft;
    }
    if (!whole && answer.selected().isEmpty() && answer.texts().isEmpty()) {
      return draft;
    }
    Question question = asked(draft, answer);
    List<String> chosen =
        answer.selected().getOrDefault(question.id(), List.of()).stream().distinct().toList();
    for (String id : chosen) {
      if (question.option(id) == null) {
        throw Fault.invalid("selected", "There is no option '" + id + "' in this question.");
      }
    }
    if (chosen.size() > question.most()) {
      throw Fault.invalid(
          "selected", "Choose up to " + question.most() + "; " + chosen.size() + " are chosen.");
    }
    if (question.type() == Question.Type.TEXT) {
      return draft.answered(question, List.of(), words(answer, question.id(), question.max()));
    }
    if (whole && chosen.isEmpty()) {
      throw Fault.invalid("selected", "Choose an answer, or skip the question.");
    }
    Question.Option other = question.other();
    String words =
        other != null && chosen.contains(other.id())
            ? words(answer, question.otherKey(), OTHER_LENGTH)
            : "";
    return draft.answered(question, chosen, words);
  }

  private static String words(CardAnswer answer, String key, int most) {
    String text =
        Normalizer.normalize(answer.texts().getOrDefault(key, ""), Normalizer.Form.NFC).strip();
    int length = text.codePointCount(0, text.length());
    if (length > most) {
      throw Fault.invalid(
          "texts", "This has at most " + most + " characters; it has " + length + ".");
    }
    return text;
  }

  private static Fault moved() {
    return Fault.of(
        Fault.Code.CONFLICT, "key", "The survey has moved on, perhaps on another device.");
  }
}
