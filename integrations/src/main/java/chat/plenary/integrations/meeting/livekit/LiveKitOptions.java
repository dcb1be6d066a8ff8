package chat.plenary.integrations.meeting.livekit;

import chat.plenary.integrations.meeting.wire.Checks;
import chat.plenary.integrations.meeting.wire.Line;
import java.net.URI;

/**
 * Settings of a LiveKit server.
 *
 * @param name the provider's name, 1 to 32 of {@code a-z0-9-}
 * @param title what people call it, 1 to 64 characters
 * @param base where its API is, such as {@code https://livekit.example.org}
 * @param apiKey the API key
 * @param apiSecret its secret, 16 to 256 characters
 * @param server the address that a browser connects to, {@code ws:} or {@code wss:}
 * @param page the page that takes a browser in, with {@code {server}} and {@code {token}} in it,
 *     such as {@code https://meet.example.org/custom?liveKitUrl={server}&token={token}}
 * @param linkMinutes how long a link lets somebody in, 1 to 1440
 * @param limits how the API is called
 */
public record LiveKitOptions(
    String name,
    String title,
    URI base,
    String apiKey,
    String apiSecret,
    URI server,
    String page,
    int linkMinutes,
    Line.Limits limits) {

  public LiveKitOptions {
    Checks.name(name);
    Checks.text("title", title, 1, 64);
    base = Checks.base("base", base);
    Checks.text("apiKey", apiKey, 1, 128);
    Checks.text("apiSecret", apiSecret, 16, 256);
    if (!"ws".equals(server.getScheme()) && !"wss".equals(server.getScheme())) {
      throw new IllegalArgumentException("server must be an address of ws or wss");
    }
    if (!page.matches("https?://\\S{1,1000}") || !page.contains("{token}")) {
      throw new IllegalArgumentException(
          "page must be an address of http or https with {token} in it");
    }
    URI.create(page.replace("{server}", "s").replace("{token}", "t"));
    Checks.range("linkMinutes", linkMinutes, 1, 1_440);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "LiveKitOptions[name=" + name + ", base=" + base + ", apiKey=" + apiKey + "]";
  }
}
