package chat.plenary.integrations.webhook;

import com.jayway.jsonpath.JsonPathException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Makes a markdown message of a JSON document. It mentions nobody. */
final class TextProducer extends DefaultProducer {
  private final TextTemplate template;

  TextProducer(WebhookEndpoint endpoint, TextTemplate template) {
    super(endpoint);
    this.template = template;
  }

  @Override
  public void process(Exchange exchange) {
    String document = exchange.getMessage().getBody(String.class);
    String text;
    try {
      text = template.of(document == null ? "{}" : document);
    } catch (DecodeException | JsonPathException e) {
      throw new IllegalArgumentException("the body is not a JSON object");
    }
    exchange.getMessage().setBody(new JsonObject().put("type", "markdown").put("text", text));
  }
}
