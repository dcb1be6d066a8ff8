package chat.plenary.bots.wecom;

import chat.plenary.messaging.content.MessageBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What robots and applications say, as messages of ours. */
final class Bodies {
  /** Bytes of a robot's text: the documents say 2,048, servers were seen to take so many. */
  static final int ROBOT_TEXT = 5_120;

  /** Bytes of a markdown text. */
  static final int MARKDOWN = 4_096;

  /** Bytes of an application's text; more is cut. */
  static final int APPLICATION_TEXT = 2_048;

  private static final int ARTICLES = 8;
  private static final int ARTICLE_TITLE = 128;
  private static final int ARTICLE_TEXT = 512;
  private static final int CARD_TITLE = 128;
  private static final int CARD_TEXT = 512;

  private static final Pattern FONT = Pattern.compile("</?font[^>]{0,64}>");
  private static final Pattern LINK =
      Pattern.compile(
          "<a\\s[^>]{0,64}?href\\s*=\\s*[\"']([^\"'<>]{1,2048})[\"'][^>]{0,64}>([^<]*)</a>");
  private static final Pattern BREAK =
      Pattern.compile("<br\\s*/?>|</div>\\s*(?=.)", Pattern.DOTALL);
  private static final Pattern DIV = Pattern.compile("</?div[^>]{0,64}>");
  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>#!|~&]");

  private Bodies() {}

  /** What a robot says in its group. */
  static MessageBody robot(Fields message, Mentions mentions) {
    String type = message.textOrEmpty("msgtype");
    Fields part = message.part(type);
    return small(
        switch (type) {
          case "text" -> robotText(part, mentions);
          case "markdown" -> markdown(part, mentions);
          case "markdown_v2" -> text(true, content(part, MARKDOWN));
          case "news" -> news(part);
          case "template_card" -> Cards.notice(part);
          default -> throw unknown(type);
        });
  }

  /** What an application says to a member. */
  static MessageBody application(Fields message) {
    String type = message.textOrEmpty("msgtype");
    Fields part = message.part(type);
    return small(
        switch (type) {
          case "text" -> applicationText(part);
          case "textcard" -> textcard(part);
          case "markdown" -> text(true, withoutColours(content(part, MARKDOWN)));
          case "news" -> news(part);
          case "template_card" -> Cards.notice(part);
          default -> throw unknown(type);
        });
  }

  private static Refusal unknown(String type) {
    return switch (type) {
      case "image", "voice", "video", "file", "mpnews" ->
          Refusal.of(Errcode.MSGTYPE, type + " needs files, which are not served yet");
      case "miniprogram_notice", "interactive_taskcard", "taskcard" ->
          Refusal.of(Errcode.MSGTYPE, type + " is not served");
      default -> Refusal.of(Errcode.MSGTYPE);
    };
  }

  private static MessageBody robotText(Fields part, Mentions mentions) {
    String text = part.textOrEmpty("content");
    List<String> listed = part.texts("mentioned_list");
    boolean everybody = part.texts("mentioned_mobile_list").contains("@all");
    if (text.isBlank() && listed.isEmpty() && !everybody) {
      throw Refusal.of(Errcode.EMPTY_TEXT);
    }
    exceeds(part, text, ROBOT_TEXT);
    text = mentions.behind(mentions.inText(text), listed);
    if (everybody) {
      text = mentions.behind(text, List.of("@all"));
    }
    if (text.isBlank()) {
      throw Refusal.of(Errcode.EMPTY_TEXT);
    }
    return text(false, text, mentions);
  }

  private static MessageBody markdown(Fields part, Mentions mentions) {
    String text = mentions.inText(content(part, MARKDOWN));
    return text(true, withoutColours(text), mentions);
  }

  private static MessageBody applicationText(Fields part) {
    String text = part.textOrEmpty("content");
    if (text.isBlank()) {
      throw Refusal.of(Errcode.EMPTY_TEXT);
    }
    return text(false, links(Fields.cut(text, APPLICATION_TEXT)));
  }

  private static MessageBody textcard(Fields part) {
    final String title = Fields.cutCharacters(part.required("title"), CARD_TITLE);
    String text = Fields.cutCharacters(part.required("description"), CARD_TEXT);
    text = DIV.matcher(BREAK.matcher(text).replaceAll("\n")).replaceAll("").strip();
    final String url = address(part, "url");
    String button = part.textOrEmpty("btntxt");
    JsonObject jump =
        new JsonObject()
            .put("type", 1)
            .put("title", button.isBlank() ? "详情" : Fields.cutCharacters(button, 4))
            .put("url", url);
    JsonObject card =
        new JsonObject()
            .put("card_type", "text_notice")
            .put("main_title", new JsonObject().put("title", title).put("desc", text))
            .put("jump_list", new JsonArray().add(jump))
            .put("card_action", new JsonObject().put("type", 1).put("url", url));
    return Cards.checked("textcard", card);
  }

  /** One article is a card; of several one message is made, with a link each. */
  private static MessageBody news(Fields part) {
    List<Fields> articles = part.objects("articles");
    if (articles.isEmpty()) {
      throw Refusal.field(part.path("articles"), "missing");
    }
    if (articles.size() > ARTICLES) {
      throw Refusal.of(Errcode.ARTICLES);
    }
    if (articles.size() == 1) {
      return article(articles.get(0));
    }
    StringBuilder all = new StringBuilder();
    for (Fields article : articles) {
      String address = address(article, "url").replace("<", "%3C").replace(">", "%3E");
      all.append("- **[")
          .append(escaped(title(article)))
          .append("](<")
          .append(address)
          .append(">)**");
      String text = description(article);
      if (!text.isBlank()) {
        all.append("  \n  ").append(escaped(text.strip()).replaceAll("\\s*\\R\\s*", "  \n  "));
      }
      all.append('\n');
    }
    return text(true, all.toString().stripTrailing());
  }

  private static MessageBody article(Fields article) {
    String url = address(article, "url");
    JsonObject title = new JsonObject().put("title", title(article));
    String text = description(article);
    if (!text.isBlank()) {
      title.put("desc", text);
    }
    JsonObject card =
        new JsonObject()
            .put("card_type", "text_notice")
            .put("main_title", title)
            .put("card_action", new JsonObject().put("type", 1).put("url", url));
    String picture = article.textOrEmpty("picurl");
    if (!picture.isBlank()) {
      card.put("card_type", "news_notice")
          .put("card_image", new JsonObject().put("url", address(article, "picurl")));
    }
    return Cards.checked(article.path("url").replaceAll("\\.url$", ""), card);
  }

  private static String title(Fields article) {
    return Fields.cut(article.required("title"), ARTICLE_TITLE);
  }

  private static String description(Fields article) {
    return Fields.cut(article.textOrEmpty("description"), ARTICLE_TEXT);
  }

  private static String address(Fields part, String name) {
    String url = part.required(name).strip();
    if (!url.matches("https?://\\S{1,2040}")) {
      throw Refusal.field(
          part.path(name), "must begin with http:// or https:// and have at most 2048 bytes");
    }
    return url;
  }

  private static String content(Fields part, int most) {
    String text = part.textOrEmpty("content");
    if (text.isBlank()) {
      throw Refusal.of(Errcode.EMPTY_TEXT);
    }
    exceeds(part, text, most);
    return text;
  }

  private static void exceeds(Fields part, String text, int most) {
    if (Fields.bytes(text) > most) {
      throw Refusal.field(part.path("content"), "exceed max length " + most);
    }
  }

  /** Colours are not drawn here, their words are. */
  private static String withoutColours(String markdown) {
    return FONT.matcher(markdown).replaceAll("");
  }

  private static String links(String text) {
    return LINK.matcher(text).replaceAll(Bodies::link);
  }

  private static String link(MatchResult found) {
    String words = found.group(2).strip();
    String url = found.group(1).strip();
    return Matcher.quoteReplacement(
        words.isEmpty() || words.equals(url) ? url : words + " ( " + url + " )");
  }

  private static String escaped(String plain) {
    return SPECIAL
        .matcher(plain)
        .replaceAll(found -> Matcher.quoteReplacement("\\" + found.group()));
  }

  private static MessageBody text(boolean markdown, String text) {
    return new MessageBody.Text(markdown, text, List.of(), false, 0);
  }

  private static MessageBody text(boolean markdown, String text, Mentions mentions) {
    return new MessageBody.Text(markdown, text, mentions.accounts(), mentions.all(), 0);
  }

  private static MessageBody small(MessageBody body) {
    boolean long_ =
        body instanceof MessageBody.Text text
            && text.text().codePointCount(0, text.text().length()) > MessageBody.MAX_TEXT;
    if (long_ || body.toJson().toBuffer().length() > MessageBody.MAX_BYTES) {
      throw Refusal.of(Errcode.TOO_LONG);
    }
    return body;
  }
}
