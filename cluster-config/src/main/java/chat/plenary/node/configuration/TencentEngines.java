package chat.plenary.node.configuration;

import chat.plenary.messaging.interpretation.Language;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Engines of an account of Tencent Cloud, each of which is set up by itself. */
public record TencentEngines(
    @Setting("The id of the account's key (`SecretId`).") @Nullable String secretId,
    @Setting(value = "The account's key (`SecretKey`).", secret = true) @Nullable String secretKey,
    @Setting(value = "The region of the account's calls.", otherwise = "ap-guangzhou")
        String region,
    Text text,
    Speech speech,
    Tsi tsi) {

  public TencentEngines {
    boolean any = text.use() || tsi.use() || speech.appId() != null;
    if (any && secretId == null) {
      throw new IllegalArgumentException("interpretation.tencent.secretId: is missing");
    }
    if (any && secretKey == null) {
      throw new IllegalArgumentException("interpretation.tencent.secretKey: is missing");
    }
    if (!region.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException(
          "interpretation.tencent.region: must be such as ap-guangzhou, not '" + region + "'");
    }
  }

  @Override
  public String toString() {
    return "TencentEngines";
  }

  /** TMT. */
  public record Text(
      @Setting(
              value =
                  "Whether TMT (`TextTranslate`) translates texts, under the name `tencent`. Tencent is said to be withdrawing it.",
              otherwise = "false")
          boolean use,
      @Setting(value = "Where it is.", otherwise = "https://tmt.tencentcloudapi.com") URI url,
      @Setting(value = Engines.OUTSIDE, otherwise = "true") boolean outside) {
    public Text {
      Engines.address("interpretation.tencent.text.url", url, "https", "http");
    }
  }

  /** Realtime speech translation. */
  public record Speech(
      @Setting(
              "The account's application id. What is given here sets realtime speech translation (`speech_translate`) up, under"
                  + " the name `tencent-speech`.")
          @Nullable String appId,
      @Setting(value = "Where it is.", otherwise = "wss://asr.cloud.tencent.com") URI url,
      @Setting(value = "What translates there.", otherwise = "hunyuan-translation-lite")
          String model,
      @Setting(
              value = "What it hears and translates into what, such as `zh>en`.",
              otherwise = "zh>en, en>zh")
          List<String> pairs,
      @Setting(value = Engines.OUTSIDE, otherwise = "true") boolean outside) {
    public Speech {
      pairs = List.copyOf(pairs);
      Engines.address("interpretation.tencent.speech.url", url, "wss", "ws");
      if (appId != null && !appId.matches("[0-9A-Za-z]{1,32}")) {
        throw new IllegalArgumentException(
            "interpretation.tencent.speech.appId: must have 1 to 32 letters and digits");
      }
      if (targets(pairs).isEmpty()) {
        throw new IllegalArgumentException("interpretation.tencent.speech.pairs: must name a pair");
      }
    }

    /** What each language that it hears is translated into. */
    public Map<String, Set<String>> targets() {
      return targets(pairs);
    }

    private static Map<String, Set<String>> targets(List<String> pairs) {
      Map<String, Set<String>> targets = new TreeMap<>();
      for (String pair : pairs) {
        String[] two = pair.split(">", -1);
        if (two.length != 2 || !Language.isTag(two[0].strip()) || !Language.isTag(two[1].strip())) {
          throw new IllegalArgumentException(
              "interpretation.tencent.speech.pairs: must be such as zh>en, not '" + pair + "'");
        }
        targets
            .computeIfAbsent(Language.base(two[0].strip()), from -> new LinkedHashSet<>())
            .add(Language.base(two[1].strip()));
      }
      return targets;
    }
  }

  /** Simultaneous interpretation. */
  public record Tsi(
      @Setting(
              value =
                  "Whether simultaneous interpretation (TSI, `TongChuanSync`) hears speech, under the name `tencent-tsi`.",
              otherwise = "false")
          boolean use,
      @Setting(value = "Where it is.", otherwise = "https://tsi.tencentcloudapi.com") URI url,
      @Setting(
              "The number of the voice (`VoiceType`) that speaks its translations to those who listen; without it none does.")
          @Nullable String voice,
      @Setting(value = Engines.OUTSIDE, otherwise = "true") boolean outside) {
    public Tsi {
      Engines.address("interpretation.tencent.tsi.url", url, "https", "http");
      if (voice != null && !voice.matches("[0-9]{1,9}")) {
        throw new IllegalArgumentException(
            "interpretation.tencent.tsi.voice: must be a number of at most 9 digits, not '"
                + voice
                + "'");
      }
    }
  }
}
