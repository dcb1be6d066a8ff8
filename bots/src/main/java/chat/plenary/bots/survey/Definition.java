package chat.plenary.bots.survey;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A survey as its file defines it.
 *
 * @param id 1 to 32 of {@code a-z}, {@code 0-9} and {@code _}
 * @param wording what is to be said of the wording (such as that it is unofficial)
 * @param botUserid the userid of the bot that asks it
 * @param thanks what is said after sending
 * @param note what is said beside results
 */
record Definition(
    String id,
    Wording title,
    Wording wording,
    String botUserid,
    String botName,
    Wording invitationTitle,
    Wording invitationText,
    Wording consentTitle,
    Wording consentText,
    Wording thanks,
    Wording note,
    List<Question> questions) {
  private static final Pattern ID = Pattern.compile("[a-z0-9_]{1,32}");
  private static final int MAX_TITLE = 200;
  private static final int MAX_TEXT = 1_000;
  private static final int MAX_QUESTIONS = 40;
  private static final int MAX_OPTIONS = 20;

  Definition {
    questions = List.copyOf(questions);
  }

  /** Questions that are not demographic. */
  int subjects() {
    return (int) questions.stream().filter(one -> !one.demographic()).count();
  }

  /**
   * Reads a definition file.
   *
   * @param file its name, with which every error's path begins
   * @throws Fault naming the place that is wrong
   */
  static Definition read(String file, JsonObject json) {
    Input in = Input.at(file, json);
    Input bot = in.object("bot");
    final String userid = bot.parsed("userid", Account.MAX_USERID, Account::userid);
    final String name = bot.parsed("name", Account.MAX_NAME, Account::name);
    bot.end();
    Input invitation = in.object("invitation");
    final Wording invitationTitle = Wording.read(invitation, "title", MAX_TITLE);
    final Wording invitationText = Wording.read(invitation, "text", MAX_TEXT);
    invitation.end();
    Input consent = in.object("consent");
    final Wording consentTitle = Wording.read(consent, "title", MAX_TITLE);
    final Wording consentText = Wording.read(consent, "text", MAX_TEXT);
    consent.end();
    List<Question> questions = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    boolean demographics = false;
    for (Input one : in.objects("questions", MAX_QUESTIONS)) {
      Question question = question(one);
      if (!ids.add(question.id())) {
        throw Wording.wrong(one, "id", "Another question has this id.");
      }
      if (demographics && !question.demographic()) {
        throw Wording.wrong(one, "demographic", "Demographic questions come last.");
      }
      demographics = question.demographic();
      questions.add(question);
    }
    if (questions.isEmpty() || questions.get(0).demographic()) {
      throw Wording.wrong(in, "questions", "A survey asks something.");
    }
    Definition read =
        new Definition(
            id(in),
            Wording.read(in, "title", MAX_TITLE),
            Wording.read(in, "wording", MAX_TITLE),
            userid,
            name,
            invitationTitle,
            invitationText,
            consentTitle,
            consentText,
            Wording.read(in, "thanks", MAX_TEXT),
            Wording.read(in, "note", MAX_TEXT),
            questions);
    in.end();
    return read;
  }

  private static Question question(Input in) {
    final String id = id(in);
    Question.Type type =
        in.parsed(
            "type",
            16,
            text -> {
              for (Question.Type one : Question.Type.values()) {
                if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
                  return one;
                }
              }
              throw new IllegalArgumentException("not a type: choice, scale or text");
            });
    final Wording title = Wording.read(in, "title", MAX_TITLE);
    List<Question.Option> options = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Input one : in.objects("options", MAX_OPTIONS)) {
      Question.Option option =
          new Question.Option(
              id(one),
              Wording.read(one, "label", MAX_TITLE),
              one.flag("last", false),
              one.flag("text", false));
      one.end();
      if (!ids.add(option.id())) {
        throw Wording.wrong(one, "id", "Another option has this id.");
      }
      options.add(option);
    }
    if (options.stream().filter(Question.Option::text).count() > 1) {
      throw Wording.wrong(in, "options", "Only one option may take words.");
    }
    boolean text = type == Question.Type.TEXT;
    if (text != options.isEmpty() || options.size() == 1) {
      throw Wording.wrong(
          in, "options", text ? "A text has no options." : "This has 2 to 20 members.");
    }
    int most = type == Question.Type.CHOICE ? (int) in.number("most", 1, options.size(), 1) : 1;
    int max = text ? (int) in.number("max", 1, 1_000) : 0;
    boolean shuffle = type == Question.Type.CHOICE && in.flag("shuffle", false);
    Question read =
        new Question(id, type, title, most, max, shuffle, in.flag("demographic", false), options);
    in.end();
    return read;
  }

  private static String id(Input in) {
    return in.parsed(
        "id",
        32,
        text -> {
          if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException("not an id: 1 to 32 of a-z, 0-9 and _");
          }
          return text;
        });
  }
}
