package chat.plenary.bots.wecom;

import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.content.TemplateCards;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Template cards as they come: what is known of them is taken over, and then checked. */
final class Cards {
  private static final String[] TITLE = {"title", "desc"};
  private static final String[] TARGET = {"url", "appid", "pagepath"};

  private Cards() {}

  /** A card that is only read. Those that are answered need calls back, which are not made yet. */
  static MessageBody notice(Fields card) {
    String type = card.required("card_type");
    switch (type) {
      case "text_notice", "news_notice" -> {}
      case "button_interaction", "vote_interaction", "multiple_interaction" ->
          throw Refusal.of(
              Errcode.NOT_SERVED,
              card.path("card_type") + " " + type + " needs calls back, which are not served yet");
      default -> throw Refusal.field(card.path("card_type"), "is none that is known");
    }
    if (card.object("action_menu") != null) {
      throw Refusal.of(
          Errcode.NOT_SERVED,
          card.path("action_menu") + " needs calls back, which are not served yet");
    }
    JsonObject out = new JsonObject().put("card_type", type);
    text(card, out, "task_id");
    block(card, out, "source", numbers("desc_color"), "icon_url", "desc");
    block(card, out, "main_title", numbers(), TITLE);
    block(card, out, "quote_area", numbers("type"), with(TARGET, "title", "quote_text"));
    list(
        card,
        out,
        "horizontal_content_list",
        numbers("type"),
        "keyname",
        "value",
        "url",
        "media_id",
        "userid");
    list(card, out, "jump_list", numbers("type"), with(TARGET, "title"));
    block(card, out, "card_action", numbers("type"), TARGET);
    if (type.equals("text_notice")) {
      text(card, out, "sub_title_text");
      block(card, out, "emphasis_content", numbers(), TITLE);
    } else {
      image(card, out);
      block(
          card,
          out,
          "image_text_area",
          numbers("type"),
          with(TARGET, "title", "desc", "image_url"));
      list(card, out, "vertical_content_list", numbers(), TITLE);
    }
    return checked(card.path("card_type").replace(".card_type", ""), out);
  }

  /**
   * A card of ours, or of theirs that was taken over.
   *
   * @param path how what is wrong is named
   */
  static MessageBody checked(String path, JsonObject card) {
    try {
      TemplateCards.check(Input.at(path, card));
    } catch (Fault fault) {
      String why = String.valueOf(fault.getMessage()).replaceAll("\\.$", "");
      throw Refusal.field(fault.field() == null ? path : fault.field(), "is refused: " + why);
    }
    return new MessageBody.Card(plain(card), card);
  }

  /** What is shown where cards cannot be drawn. */
  private static String plain(JsonObject card) {
    JsonObject title = card.getJsonObject("main_title", new JsonObject());
    String words = title.getString("title", "");
    String more = title.getString("desc", card.getString("sub_title_text", ""));
    return words.isEmpty() || more.isEmpty() ? words + more : words + "\n" + more;
  }

  private static void image(Fields card, JsonObject out) {
    block(card, out, "card_image", numbers(), "url");
    Fields image = card.object("card_image");
    Number ratio = image == null ? null : image.any("aspect_ratio");
    if (ratio != null) {
      out.getJsonObject("card_image").put("aspect_ratio", ratio);
    }
  }

  private static void block(
      Fields card, JsonObject out, String name, List<String> numbers, String... texts) {
    Fields block = card.object(name);
    if (block != null) {
      JsonObject taken = taken(block, numbers, texts);
      // Some clients write empty objects where they mean none.
      if (!taken.isEmpty()) {
        out.put(name, taken);
      }
    }
  }

  private static void list(
      Fields card, JsonObject out, String name, List<String> numbers, String... texts) {
    JsonArray all = new JsonArray();
    card.objects(name).forEach(one -> all.add(taken(one, numbers, texts)));
    if (!all.isEmpty()) {
      out.put(name, all);
    }
  }

  private static JsonObject taken(Fields block, List<String> numbers, String... texts) {
    JsonObject taken = new JsonObject();
    for (String name : numbers) {
      long number = block.number(name, Long.MIN_VALUE);
      if (number != Long.MIN_VALUE) {
        taken.put(name, number);
      }
    }
    for (String name : texts) {
      text(block, taken, name);
    }
    return taken;
  }

  private static void text(Fields from, JsonObject to, String name) {
    @Nullable String text = from.text(name);
    if (text != null && !text.isEmpty()) {
      to.put(name, text);
    }
  }

  private static List<String> numbers(String... names) {
    return List.of(names);
  }

  private static String[] with(String[] some, String... more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
