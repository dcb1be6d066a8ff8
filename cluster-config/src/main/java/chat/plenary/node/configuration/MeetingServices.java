package chat.plenary.node.configuration;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where groups meet. Without any of them there are no meetings, but in the demonstration. */
public record MeetingServices(
    @Setting(
            "Which service is taken where a group did not choose: `jitsi`, `tencent`, `bigbluebutton` or `livekit`."
                + " The first of these that is set up, unless given.")
        @Nullable String standard,
    Tencent tencent,
    Jitsi jitsi,
    BigBlueButton bigBlueButton,
    LiveKit liveKit) {

  /** Tencent Meeting (VooV): a self-built application of an enterprise. */
  public record Tencent(
      @Setting("The enterprise's id (`AppId`). What is given here sets the service up.")
          @Nullable String appId,
      @Setting("The application's `SecretId`.") @Nullable String secretId,
      @Setting(value = "The application's `SecretKey`.", secret = true) @Nullable String secretKey,
      @Setting(value = "The application's `SdkId`, where one was allocated.", otherwise = "")
          String sdkId,
      @Setting("The user of the enterprise in whose name meetings are made.")
          @Nullable String userid,
      @Setting(value = "The `Token` of its webhook.", otherwise = "", secret = true) String token,
      @Setting(value = "The `EncodingAESKey` of its webhook.", otherwise = "", secret = true)
          String encodingAesKey,
      @Setting(value = "Whether userids there are those of members here.", otherwise = "false")
          boolean sameUserids,
      @Setting(value = "Where its API is.", otherwise = "https://api.meeting.qq.com") URI url,
      @Setting(
              value =
                  "Whether that is a simulation (`plenary simulate`): cards say so. Not with the address of the real service.",
              otherwise = "false")
          boolean simulated) {
    public Tencent {
      if (simulated && "api.meeting.qq.com".equals(url.getHost())) {
        throw new IllegalArgumentException(
            "meetings.tencent.simulated: needs meetings.tencent.url, the simulation's address");
      }
      if (appId != null && (secretId == null || secretKey == null || userid == null)) {
        throw new IllegalArgumentException(
            "meetings.tencent.appId: needs secretId, secretKey and userid beside it");
      }
    }
  }

  /** A Jitsi Meet server. */
  public record Jitsi(
      @Setting("Address of the server. What is given here sets the service up.") @Nullable URI url,
      @Setting(
              value = "The application's id of its tokens; without it links are not signed.",
              otherwise = "")
          String appId,
      @Setting(value = "The secret of its tokens.", otherwise = "", secret = true) String appSecret,
      @Setting(value = "The domain in its tokens.", otherwise = "*") String domain,
      @Setting(
              value =
                  "From what rooms are named, so that nobody guesses one; 16 characters at least.",
              secret = true)
          @Nullable String roomSecret) {
    public Jitsi {
      if (url != null && roomSecret == null) {
        throw new IllegalArgumentException("meetings.jitsi.roomSecret: is missing");
      }
    }
  }

  /** A BigBlueButton server. */
  public record BigBlueButton(
      @Setting(
              "Address of its API, such as `https://bbb.example.org/bigbluebutton`. What is given here sets the service up.")
          @Nullable URI url,
      @Setting(value = "The shared secret.", secret = true) @Nullable String secret,
      @Setting(value = "Whether it has bbb-webhooks, to tell who is there.", otherwise = "false")
          boolean hooks,
      @Setting(value = "Whether meetings are recorded.", otherwise = "false") boolean record) {
    public BigBlueButton {
      if (url != null && secret == null) {
        throw new IllegalArgumentException("meetings.bigBlueButton.secret: is missing");
      }
    }
  }

  /** A LiveKit server, and a page by which people get in. */
  public record LiveKit(
      @Setting("Address of its API. What is given here sets the service up.") @Nullable URI url,
      @Setting("The key's name.") @Nullable String apiKey,
      @Setting(value = "The key's secret.", secret = true) @Nullable String apiSecret,
      @Setting("Where clients connect to, `wss://…`.") @Nullable URI server,
      @Setting("The page by which people get in, with `{server}` and `{token}` where they belong.")
          @Nullable String page) {
    public LiveKit {
      if (url != null && (apiKey == null || apiSecret == null || server == null || page == null)) {
        throw new IllegalArgumentException(
            "meetings.liveKit.url: needs apiKey, apiSecret, server and page beside it");
      }
    }
  }
}
