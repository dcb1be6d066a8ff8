package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Checks;
import chat.plenary.integrations.meeting.wire.Line;
import java.net.URI;
import java.time.Duration;

/**
 * Settings of Tencent Meeting.
 *
 * @param name the provider's name, 1 to 32 of {@code a-z0-9-}
 * @param title what people call it, 1 to 64 characters
 * @param simulated whether the address is a simulator's
 * @param base where the API is; {@code https://api.meeting.qq.com} unless told otherwise
 * @param secretId the application's SecretId
 * @param secretKey the application's SecretKey
 * @param appId the enterprise's id
 * @param sdkId the application's id where one was allocated, else empty
 * @param userid the enterprise's user in whose name meetings are made
 * @param token the webhook's Token; empty where webhooks are not used
 * @param encodingAesKey the webhook's EncodingAESKey (43 characters); empty where webhooks are not
 *     encrypted
 * @param sameUserids whether the enterprise's userids are those of Plenary, so that who speaks and
 *     who takes part is known by account
 * @param replayWindow how old a webhook may be, 1 minute to 7 days
 * @param limits how the API is called
 */
public record TencentOptions(
    String name,
    String title,
    boolean simulated,
    URI base,
    String secretId,
    String secretKey,
    String appId,
    String sdkId,
    String userid,
    String token,
    String encodingAesKey,
    boolean sameUserids,
    Duration replayWindow,
    Line.Limits limits) {

  public TencentOptions {
    Checks.name(name);
    Checks.text("title", title, 1, 64);
    base = Checks.base("base", base);
    Checks.text("secretId", secretId, 1, 128);
    Checks.text("secretKey", secretKey, 1, 128);
    Checks.text("appId", appId, 1, 64);
    Checks.text("sdkId", sdkId, 0, 64);
    Checks.text("userid", userid, 1, 64);
    Checks.text("token", token, 0, 64);
    if (!encodingAesKey.isEmpty() && !encodingAesKey.matches("[A-Za-z0-9]{43}")) {
      throw new IllegalArgumentException("encodingAesKey must be 43 letters and digits");
    }
    if (token.isEmpty() && !encodingAesKey.isEmpty()) {
      throw new IllegalArgumentException("encodingAesKey needs a token");
    }
    Checks.range("replayWindow in seconds", replayWindow.toSeconds(), 60, 7 * 24 * 3_600);
  }

  /** Whether the service can tell us what happens. */
  boolean hearsEvents() {
    return !token.isEmpty();
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "TencentOptions[name=" + name + ", base=" + base + ", appId=" + appId + "]";
  }
}
