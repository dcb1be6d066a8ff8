package chat.plenary.integrations.webhook;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks: {@code in} takes what outside systems post to {@code /hooks/SECRET}, {@code out} posts
 * the body to an outside system, signed, and {@code text} makes a message of a JSON document.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "plenary-webhook",
    title = "Plenary webhook",
    syntax = "plenary-webhook:kind",
    category = {Category.HTTP})
public final class WebhookEndpoint extends DefaultEndpoint {
  @UriPath(
      description = "Which one: in (consumer), out or text (producers).",
      enums = "in,out,text")
  @Metadata(required = true)
  private final String kind;

  @UriParam(
      label = "common",
      secret = true,
      description =
          "in: the last part of the address that outside systems post to; out: what the body is"
              + " signed with. 16 to 256 characters of ASCII without spaces.")
  private @Nullable String secret;

  @UriParam(
      label = "consumer",
      defaultValue = "none",
      enums = "none,github,plenary",
      description =
          "How what is posted must be signed, beside the secret in the address: github"
              + " (X-Hub-Signature-256) or plenary (Plenary-Signature with Plenary-Timestamp, at most"
              + " 5 minutes off).")
  private Signature signature = Signature.none;

  @UriParam(
      label = "consumer",
      secret = true,
      description = "What it must be signed with, 16 to 256 characters.")
  private @Nullable String signingSecret;

  @UriParam(
      label = "consumer",
      defaultValueNote = "X-GitHub-Delivery or Plenary-Delivery, by the signature",
      description =
          "Name of a header by which the sender names what it sends: what comes twice is posted"
              + " once.")
  private @Nullable String delivery;

  @UriParam(
      label = "consumer",
      description =
          "Names of headers of the request that become headers of the exchange, with commas between.")
  private @Nullable String headers;

  @UriParam(label = "producer", description = "out: where to post; http or https.")
  private @Nullable String url;

  @UriParam(
      label = "producer",
      defaultValue = "10",
      description = "out: seconds that an answer may take, 1 to 60.")
  private int timeout = 10;

  @UriParam(
      label = "producer",
      description = "text: markdown in which {$.path} stands for a value, by JSONPath.")
  private @Nullable String template;

  WebhookEndpoint(String uri, WebhookComponent component, String remaining) {
    super(uri, component);
    this.kind = remaining;
  }

  /** Whether all that its kind needs is given. */
  void check() {
    switch (kind) {
      case "in" -> {
        secret("secret", secret);
        if (signature != Signature.none) {
          secret("signingSecret", signingSecret);
        }
        for (String name : headerNames()) {
          if (!name.matches("[A-Za-z][A-Za-z0-9-]{0,63}")
              || name.matches("(?i)camel.*|plenary.*")) {
            throw new IllegalArgumentException("headers: this name cannot be taken: " + name);
          }
        }
      }
      case "out" -> {
        secret("secret", secret);
        URI to = to();
        boolean web = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
        if (!web || to.getHost() == null || to.getUserInfo() != null) {
          throw new IllegalArgumentException(
              "url must be an address of http or https with a host, without a name or password");
        }
      }
      case "text" -> text();
      default ->
          throw new IllegalArgumentException(
              "an endpoint is plenary-webhook:in, :out or :text, not :" + kind);
    }
  }

  private static String secret(String option, @Nullable String value) {
    if (value == null || !value.matches("[!-~]{16,256}")) {
      throw new IllegalArgumentException(
          option + " must have 16 to 256 characters of ASCII, without spaces");
    }
    return value;
  }

  @Override
  public Producer createProducer() {
    return switch (kind) {
      case "out" ->
          new WebhookProducer(this, component().calls(), component().clock(), to(), secret());
      case "text" -> new TextProducer(this, text());
      default -> throw new IllegalArgumentException("plenary-webhook:in begins a route");
    };
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (!kind.equals("in")) {
      throw new IllegalArgumentException("plenary-webhook:" + kind + " begins no route");
    }
    WebhookConsumer consumer =
        new WebhookConsumer(this, processor, component().inbound(), component().clock());
    configureConsumer(consumer);
    return consumer;
  }

  private WebhookComponent component() {
    return (WebhookComponent) getComponent();
  }

  private URI to() {
    if (url == null) {
      throw new IllegalArgumentException("plenary-webhook:out needs the option 'url'");
    }
    return URI.create(url);
  }

  private TextTemplate text() {
    if (template == null) {
      throw new IllegalArgumentException("plenary-webhook:text needs the option 'template'");
    }
    return new TextTemplate(template);
  }

  String secret() {
    return secret("secret", secret);
  }

  List<String> headerNames() {
    return headers == null || headers.isBlank()
        ? List.of()
        : Arrays.stream(headers.split(",", -1)).map(String::strip).toList();
  }

  @Nullable String deliveryHeader() {
    return delivery == null ? signature.delivery() : delivery;
  }

  public String getKind() {
    return kind;
  }

  public @Nullable String getSecret() {
    return secret;
  }

  public void setSecret(String secret) {
    this.secret = secret;
  }

  public Signature getSignature() {
    return signature;
  }

  public void setSignature(Signature signature) {
    this.signature = signature;
  }

  public @Nullable String getSigningSecret() {
    return signingSecret;
  }

  public void setSigningSecret(String signingSecret) {
    this.signingSecret = signingSecret;
  }

  public @Nullable String getDelivery() {
    return delivery;
  }

  public void setDelivery(String delivery) {
    this.delivery = delivery;
  }

  public @Nullable String getHeaders() {
    return headers;
  }

  public void setHeaders(String headers) {
    this.headers = headers;
  }

  public @Nullable String getUrl() {
    return url;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  public int getTimeout() {
    return timeout;
  }

  public void setTimeout(int timeout) {
    if (timeout < 1 || timeout > 60) {
      throw new IllegalArgumentException("timeout must be 1 to 60: " + timeout);
    }
    this.timeout = timeout;
  }

  public @Nullable String getTemplate() {
    return template;
  }

  public void setTemplate(String template) {
    this.template = template;
  }
}
