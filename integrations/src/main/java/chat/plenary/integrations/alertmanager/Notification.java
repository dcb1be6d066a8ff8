package chat.plenary.integrations.alertmanager;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Alertmanager posts to a webhook: version 4 of its data (Prometheus documentation, "Alerting:
 * configuration, webhook_config"). Members that later versions or Grafana add are passed over.
 *
 * @param groupKey what the group of alerts is known by
 * @param firing whether any of its alerts fires
 * @param receiver the receiver's name
 * @param labels labels that all alerts share
 * @param annotations annotations that all alerts share
 * @param externalUrl where Alertmanager is reached; may be empty
 * @param truncated how many alerts were left out
 * @param alerts at most 500
 */
record Notification(
    String groupKey,
    boolean firing,
    String receiver,
    Map<String, String> labels,
    Map<String, String> annotations,
    String externalUrl,
    long truncated,
    List<Alert> alerts) {
  private static final int MAX_ALERTS = 500;
  private static final int MAX_LABELS = 100;

  /**
   * One alert.
   *
   * @param firing whether it fires
   * @param startsAt since when
   * @param labels its labels
   * @param annotations its annotations
   */
  record Alert(
      boolean firing,
      Instant startsAt,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  /** Reads a notification; a wrong one is a fault that names the member. */
  static Notification read(Input in) {
    String version = in.text("version", 1, 16);
    if (!version.equals("4")) {
      throw Fault.invalid("version", "Only version 4 of Alertmanager's webhook is understood.");
    }
    List<Alert> alerts = new ArrayList<>();
    for (Input alert : in.objects("alerts", MAX_ALERTS)) {
      alerts.add(
          new Alert(
              firing(alert),
              time(alert, "startsAt"),
              texts(alert, "labels"),
              texts(alert, "annotations")));
    }
    if (alerts.isEmpty()) {
      throw Fault.invalid("alerts", "This has at least one alert.");
    }
    String url = in.optionalText("externalURL", 0, 2_048);
    return new Notification(
        in.text("groupKey", 1, 8_192),
        firing(in),
        in.text("receiver", 1, 1_024),
        texts(in, "commonLabels"),
        texts(in, "commonAnnotations"),
        url == null ? "" : url,
        in.number("truncatedAlerts", 0, Integer.MAX_VALUE, 0),
        alerts);
  }

  private static boolean firing(Input in) {
    String status = in.text("status", 1, 16);
    if (!status.equals("firing") && !status.equals("resolved")) {
      throw Fault.invalid(in.path("status"), "This must be firing or resolved.");
    }
    return status.equals("firing");
  }

  private static Instant time(Input in, String name) {
    String text = in.text(name, 1, 64);
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw Fault.invalid(in.path(name), "This must be a time as in RFC 3339.");
    }
  }

  private static Map<String, String> texts(Input in, String name) {
    if (!in.has(name)) {
      return Map.of();
    }
    JsonObject json = in.rawObject(name);
    if (json.size() > MAX_LABELS) {
      throw Fault.invalid(in.path(name), "This has at most " + MAX_LABELS + " members.");
    }
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, Object> member : json) {
      if (!(member.getValue() instanceof String text)) {
        throw Fault.invalid(in.path(name) + "." + member.getKey(), "This must be a text.");
      }
      found.put(member.getKey(), text);
    }
    return found;
  }
}
