package chat.plenary.integrations.alertmanager;

import chat.plenary.messaging.content.MessageBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Draws a group of alerts as a {@code text_notice} card. */
final class AlertCard {
  private static final int RED = 2;
  private static final int GREEN = 3;
  private static final int MAX_LINES = 10;
  private static final int MAX_LABELS = 5;
  private static final int MAX_TEXT = 1_000;

  private AlertCard() {}

  static MessageBody.Card of(Notification notification, String publicUrl) {
    long firing = notification.alerts().stream().filter(Notification.Alert::firing).count();
    long resolved = notification.alerts().size() - firing;
    String name = name(notification.labels(), notification.receiver());
    String title =
        firing > 0
            ? "Firing: " + name + (firing > 1 ? " (" + firing + ")" : "")
            : "Resolved: " + name;
    JsonArray fields = new JsonArray();
    notification.labels().entrySet().stream()
        .filter(label -> !label.getKey().equals("alertname"))
        .limit(MAX_LABELS)
        .forEach(label -> fields.add(field(label.getKey(), label.getValue())));
    if (firing > 0 && resolved > 0) {
      fields.add(field("resolved", String.valueOf(resolved)));
    }
    String summary = first(notification.annotations(), "summary", "description", "message");
    JsonObject card =
        new JsonObject()
            .put("card_type", "text_notice")
            .put(
                "source",
                new JsonObject()
                    .put("desc", "Alertmanager")
                    .put("desc_color", firing > 0 ? RED : GREEN))
            .put("main_title", new JsonObject().put("title", cut(title)).put("desc", cut(summary)))
            .put("sub_title_text", lines(notification))
            .put("horizontal_content_list", fields)
            .put(
                "card_action",
                new JsonObject().put("type", 1).put("url", url(notification, publicUrl)));
    return new MessageBody.Card(cut(title + (summary.isEmpty() ? "" : ": " + summary)), card);
  }

  private static String lines(Notification notification) {
    StringBuilder text = new StringBuilder();
    List<Notification.Alert> alerts = notification.alerts();
    alerts.stream()
        .limit(MAX_LINES)
        .forEach(
            alert -> {
              String what = first(alert.annotations(), "summary", "description", "message");
              String who = first(alert.labels(), "instance", "job", "alertname");
              text.append(alert.firing() ? "● " : "✓ ")
                  .append(who)
                  .append(what.isEmpty() || what.equals(who) ? "" : ": " + what)
                  .append(" (since ")
                  .append(alert.startsAt().truncatedTo(ChronoUnit.SECONDS))
                  .append(")\n");
            });
    long more = alerts.size() - MAX_LINES + notification.truncated();
    if (more > 0) {
      text.append("and ").append(more).append(" more\n");
    }
    return cut(text.toString().strip());
  }

  private static String name(Map<String, String> labels, String otherwise) {
    return labels.getOrDefault("alertname", otherwise);
  }

  private static JsonObject field(String name, String value) {
    return new JsonObject().put("keyname", cut(name)).put("value", cut(value));
  }

  private static String first(Map<String, String> texts, String... names) {
    for (String name : names) {
      String text = texts.get(name);
      if (text != null && !text.isBlank()) {
        return text.strip();
      }
    }
    return "";
  }

  /** Alertmanager's own address where it is one that a browser opens, else this server's. */
  private static String url(Notification notification, String publicUrl) {
    String url = notification.externalUrl();
    return url.startsWith("http://") || url.startsWith("https://") ? url : publicUrl;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MAX_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT - 1)) + "…";
  }
}
