package chat.plenary.integrations.webhook;

import org.apache.camel.builder.RouteBuilder;

/**
 * The route templates {@code webhook-out} and {@code webhook-in}.
 *
 * <p>{@code webhook-out}: what happens in a group is posted to an outside system as the entries of
 * the protocol, signed, one after the other. The place in the group moves when the other side
 * answered with 2xx, or when it became a dead letter after all attempts: that is as durable as an
 * outbox.
 *
 * <p>{@code webhook-in}: what an outside system posts becomes a message in a group.
 */
public final class WebhookTemplates extends RouteBuilder {
  private static final String BOT = "?as={{as}}&organisation={{organisation}}";

  @Override
  public void configure() {
    routeTemplate("webhook-out")
        .templateParameter("group")
        .templateParameter("as")
        .templateParameter("organisation")
        .templateParameter("url")
        .templateParameter("secret")
        .templateParameter("events", "message,edit,recall")
        .from("plenary:group/{{group}}" + BOT + "&events={{events}}")
        .to("plenary-webhook:out?url=RAW({{url}})&secret=RAW({{secret}})");
    routeTemplate("webhook-in")
        .templateParameter("group")
        .templateParameter("as")
        .templateParameter("organisation")
        .templateParameter("secret")
        .templateParameter("text")
        .templateParameter("signature", "none")
        .templateParameter("signingSecret", "not-used-not-used")
        .from(
            "plenary-webhook:in?secret=RAW({{secret}})&signature={{signature}}"
                + "&signingSecret=RAW({{signingSecret}})")
        .to("plenary-webhook:text?template=RAW({{text}})")
        .to("plenary:group/{{group}}" + BOT);
  }
}
