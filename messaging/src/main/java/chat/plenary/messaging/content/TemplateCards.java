package chat.plenary.messaging.content;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The five template cards of WeChat Work, by the field names and hard limits of its API (developer
 * documentation, pages 90236 and 94888: counts and ids are limits, lengths of texts are advice and
 * bounded here by 1,024 characters), with members of Plenary's own: {@code text_input}, {@code
 * progress}, {@code checkbox.most}, and {@code button_list} in all three interactive cards.
 */
public final class TemplateCards {
  private static final int MAX_TEXT = 1_024;
  private static final int MAX_KEY_BYTES = 1_024;
  private static final int MAX_OPTION_BYTES = 128;
  private static final Pattern TASK_ID = Pattern.compile("[0-9A-Za-z_\\-@]{1,128}");

  private TemplateCards() {}

  /**
   * Checks a card.
   *
   * @throws Fault naming the member that is wrong
   */
  public static void check(Input card) {
    String type = card.text("card_type", 1, 32);
    boolean notice = type.equals("text_notice") || type.equals("news_notice");
    boolean buttons = type.equals("button_interaction");
    boolean vote = type.equals("vote_interaction");
    if (!notice && !buttons && !vote && !type.equals("multiple_interaction")) {
      throw Fault.invalid(card.path("card_type"), "There is no such card.");
    }
    source(card);
    boolean titled = titles(card.optionalObject("main_title"), 0);
    String task = card.optionalText("task_id", 1, 128);
    if (task != null && !TASK_ID.matcher(task).matches()) {
      throw Fault.invalid(
          card.path("task_id"), "This has 1 to 128 of letters, digits, _, - and @.");
    }
    if (task == null && !notice) {
      throw Fault.invalid(card.path("task_id"), "A card that can be answered needs this.");
    }
    if (notice || buttons) {
      menu(card, task);
      quote(card.optionalObject("quote_area"));
      fields(card.objects("horizontal_content_list", 6));
      action(card, notice);
    }
    if (type.equals("text_notice") || buttons) {
      boolean subtitled = card.optionalText("sub_title_text", 0, MAX_TEXT) != null;
      if (!titled && !subtitled && !buttons) {
        throw Fault.invalid(card.path("main_title"), "A card needs a title or a sub_title_text.");
      }
    }
    if (notice) {
      jumps(card.objects("jump_list", 3));
    }
    if (type.equals("text_notice")) {
      titles(card.optionalObject("emphasis_content"), 0);
    }
    if (type.equals("news_notice")) {
      pictures(card);
    }
    if (buttons) {
      Input selection = card.optionalObject("button_selection");
      if (selection != null) {
        selection(selection);
      }
      List<Input> pressed = card.objects("button_list", 6);
      if (pressed.isEmpty()) {
        throw Fault.invalid(card.path("button_list"), "This has 1 to 6 members.");
      }
      buttons(pressed);
    }
    if (vote) {
      Input box = card.optionalObject("checkbox");
      if (box == null && !card.has("text_input")) {
        throw Fault.invalid(card.path("checkbox"), "A vote needs options (or a text_input).");
      }
      if (box != null) {
        checkbox(box);
      }
      card.optionalText("sub_title_text", 0, MAX_TEXT);
      submit(card);
    }
    if (type.equals("multiple_interaction")) {
      List<Input> selects = card.objects("select_list", 3);
      if (selects.isEmpty() && !card.has("text_input")) {
        throw Fault.invalid(
            card.path("select_list"), "This has 1 to 3 members (or there is a text_input).");
      }
      Set<String> keys = new HashSet<>();
      for (Input select : selects) {
        if (!keys.add(selection(select))) {
          throw Fault.invalid(select.path("question_key"), "This key is there twice.");
        }
      }
      submit(card);
    }
    if (!notice) {
      Input progress = card.optionalObject("progress");
      if (progress != null) {
        progress.number("value", 0, 1_000);
        progress.number("of", 1, 1_000);
        progress.end();
      }
      Input text = card.optionalObject("text_input");
      if (text != null) {
        textInput(text);
      }
      if (!buttons) {
        buttons(card.objects("button_list", 6));
      }
      card.optionalText("replace_text", 0, 64);
    }
    card.end();
  }

  private static void source(Input card) {
    Input source = card.optionalObject("source");
    if (source != null) {
      link(source, "icon_url");
      source.optionalText("desc", 0, MAX_TEXT);
      source.number("desc_color", 0, 3, 0);
      source.end();
    }
  }

  private static boolean titles(@Nullable Input block, int least) {
    if (block == null) {
      return false;
    }
    String title = block.optionalText("title", least, MAX_TEXT);
    block.optionalText("desc", 0, MAX_TEXT);
    block.end();
    return title != null && !title.isEmpty();
  }

  private static void menu(Input card, @Nullable String task) {
    Input menu = card.optionalObject("action_menu");
    if (menu == null) {
      return;
    }
    menu.optionalText("desc", 0, MAX_TEXT);
    List<Input> actions = menu.objects("action_list", 3);
    if (actions.isEmpty() || task == null) {
      throw Fault.invalid(
          actions.isEmpty() ? menu.path("action_list") : card.path("task_id"),
          "A menu has 1 to 3 actions, and its card a task_id.");
    }
    for (Input action : actions) {
      action.text("text", 1, MAX_TEXT);
      key(action, "key");
      action.end();
    }
    menu.end();
  }

  private static void quote(@Nullable Input quote) {
    if (quote != null) {
      target(quote, 2);
      quote.optionalText("title", 0, MAX_TEXT);
      quote.optionalText("quote_text", 0, MAX_TEXT);
      quote.end();
    }
  }

  private static void fields(List<Input> fields) {
    for (Input field : fields) {
      field.number("type", 0, 3, 0);
      field.text("keyname", 1, MAX_TEXT);
      field.optionalText("value", 0, MAX_TEXT);
      link(field, "url");
      field.optionalText("media_id", 0, 256);
      field.optionalText("userid", 0, 64);
      field.end();
    }
  }

  private static void jumps(List<Input> jumps) {
    for (Input jump : jumps) {
      target(jump, 2);
      jump.text("title", 1, MAX_TEXT);
      jump.end();
    }
  }

  private static void action(Input card, boolean required) {
    Input action = card.optionalObject("card_action");
    if (action != null) {
      target(action, 2);
      action.end();
    } else if (required) {
      throw Fault.invalid(card.path("card_action"), "A notice needs this.");
    }
  }

  private static void pictures(Input card) {
    Input image = card.optionalObject("card_image");
    if (image != null) {
      link(image, "url");
      image.has("aspect_ratio");
      image.end();
    }
    Input area = card.optionalObject("image_text_area");
    if (area != null) {
      target(area, 2);
      area.optionalText("title", 0, MAX_TEXT);
      area.optionalText("desc", 0, MAX_TEXT);
      link(area, "image_url");
      area.end();
    }
    if (image == null && area == null) {
      throw Fault.invalid(
          card.path("card_image"), "A news_notice needs this or an image_text_area.");
    }
    for (Input block : card.objects("vertical_content_list", 4)) {
      titles(block, 1);
    }
  }

  private static void buttons(List<Input> buttons) {
    for (Input button : buttons) {
      boolean opens = button.number("type", 0, 1, 0) == 1;
      button.text("text", 1, MAX_TEXT);
      button.number("style", 1, 4, 1);
      if (opens) {
        button.text("url", 1, 2_048);
        link(button, "url");
      } else {
        key(button, "key");
      }
      button.end();
    }
  }

  private static String selection(Input select) {
    final String questionKey = key(select, "question_key");
    select.optionalText("title", 0, MAX_TEXT);
    select.optionalText("selected_id", 0, MAX_OPTION_BYTES);
    select.flag("disable", false);
    options(select, 10);
    select.end();
    return questionKey;
  }

  private static void checkbox(Input box) {
    key(box, "question_key");
    box.number("mode", 0, 1, 0);
    box.flag("disable", false);
    box.number("most", 1, 20, 20);
    options(box, 20);
    box.end();
  }

  private static void options(Input block, int most) {
    List<Input> options = block.objects("option_list", most);
    if (options.isEmpty()) {
      throw Fault.invalid(block.path("option_list"), "This has 1 to " + most + " members.");
    }
    Set<String> ids = new HashSet<>();
    for (Input option : options) {
      String id = option.text("id", 1, MAX_OPTION_BYTES);
      if (id.getBytes(StandardCharsets.UTF_8).length > MAX_OPTION_BYTES || !ids.add(id)) {
        throw Fault.invalid(option.path("id"), "Ids have at most 128 bytes, each once.");
      }
      option.text("text", 1, MAX_TEXT);
      option.flag("is_checked", false);
      option.end();
    }
  }

  private static void textInput(Input text) {
    key(text, "question_key");
    text.optionalText("title", 0, MAX_TEXT);
    text.number("max_length", 1, 8_000);
    text.optionalText("value", 0, 8_000);
    text.end();
  }

  private static void submit(Input card) {
    Input submit = card.object("submit_button");
    submit.text("text", 1, MAX_TEXT);
    key(submit, "key");
    submit.end();
  }

  private static String key(Input block, String name) {
    String key = block.text(name, 1, MAX_KEY_BYTES);
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      throw Fault.invalid(block.path(name), "This has at most 1,024 bytes.");
    }
    return key;
  }

  private static void target(Input block, int maxType) {
    block.number("type", 0, maxType, 0);
    link(block, "url");
    block.optionalText("appid", 0, 256);
    block.optionalText("pagepath", 0, 2_048);
  }

  private static void link(Input block, String name) {
    String url = block.optionalText(name, 0, 2_048);
    if (url != null
        && !url.isEmpty()
        && !url.startsWith("https://")
        && !url.startsWith("http://")) {
      throw Fault.invalid(
          block.path(name), "This must be an address that begins with http:// or https://.");
    }
  }
}
