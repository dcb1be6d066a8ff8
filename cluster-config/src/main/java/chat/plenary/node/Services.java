package chat.plenary.node;

import chat.plenary.integrations.meeting.MeetingProviders;
import chat.plenary.integrations.meeting.bigbluebutton.BigBlueButtonOptions;
import chat.plenary.integrations.meeting.jitsi.JitsiOptions;
import chat.plenary.integrations.meeting.livekit.LiveKitOptions;
import chat.plenary.integrations.meeting.tencent.TencentOptions;
import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.integrations.speech.Espeak;
import chat.plenary.integrations.speech.Pocketsphinx;
import chat.plenary.integrations.speech.SpeechTranslate;
import chat.plenary.integrations.speech.Tsi;
import chat.plenary.integrations.translation.EngineSettings;
import chat.plenary.messaging.interpretation.SpeechInterpreter;
import chat.plenary.messaging.interpretation.TextSpeaker;
import chat.plenary.messaging.translation.Detector;
import chat.plenary.messaging.translation.LinguaDetector;
import chat.plenary.messaging.translation.Options;
import chat.plenary.node.configuration.Engines;
import chat.plenary.node.configuration.MeetingServices;
import chat.plenary.node.configuration.TencentEngines;
import chat.plenary.node.demo.SimulatedSpeaker;
import chat.plenary.simulator.meeting.SimulatorOptions;
import chat.plenary.simulator.meeting.TencentMeetingSimulator;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the configuration says of outside services, in the words of those who reach them. */
final class Services {
  private static final Duration REPLAY = Duration.ofHours(1);
  private static final int LINK_MINUTES = 10;
  private static final int PER_SECOND = 50;

  private Services() {}

  /**
   * The services that hold meetings.
   *
   * @param publicUrl this server's own address
   * @param simulator the demonstration's own service, or null
   */
  static MeetingProviders.Options meetings(
      MeetingServices set, String publicUrl, @Nullable Simulated simulator) {
    MeetingServices.Tencent tencent = set.tencent();
    MeetingServices.Jitsi jitsi = set.jitsi();
    MeetingServices.BigBlueButton bbb = set.bigBlueButton();
    MeetingServices.LiveKit liveKit = set.liveKit();
    List<TencentOptions> tencents = new ArrayList<>();
    if (tencent.appId() != null) {
      tencents.add(
          new TencentOptions(
              "tencent",
              "Tencent Meeting",
              tencent.simulated(),
              tencent.url(),
              Objects.requireNonNull(tencent.secretId()),
              Objects.requireNonNull(tencent.secretKey()),
              tencent.appId(),
              tencent.sdkId(),
              Objects.requireNonNull(tencent.userid()),
              tencent.token(),
              tencent.encodingAesKey(),
              tencent.sameUserids(),
              REPLAY,
              Line.Limits.defaults()));
    } else if (simulator != null) {
      tencents.add(simulator.options());
    }
    return new MeetingProviders.Options(
        jitsi.url() == null
            ? List.of()
            : List.of(
                new JitsiOptions(
                    "jitsi",
                    "Jitsi Meet",
                    jitsi.url(),
                    jitsi.appId(),
                    jitsi.appSecret(),
                    jitsi.domain(),
                    Objects.requireNonNull(jitsi.roomSecret()),
                    LINK_MINUTES)),
        tencents,
        bbb.url() == null
            ? List.of()
            : List.of(
                new BigBlueButtonOptions(
                    "bigbluebutton",
                    "BigBlueButton",
                    bbb.url(),
                    Objects.requireNonNull(bbb.secret()),
                    BigBlueButtonOptions.Checksum.SHA256,
                    bbb.hooks(),
                    URI.create(publicUrl + "/hooks/meetings/bigbluebutton"),
                    bbb.record(),
                    Line.Limits.defaults())),
        liveKit.url() == null
            ? List.of()
            : List.of(
                new LiveKitOptions(
                    "livekit",
                    "LiveKit",
                    liveKit.url(),
                    Objects.requireNonNull(liveKit.apiKey()),
                    Objects.requireNonNull(liveKit.apiSecret()),
                    Objects.requireNonNull(liveKit.server()),
                    Objects.requireNonNull(liveKit.page()),
                    LINK_MINUTES,
                    Line.Limits.defaults())));
  }

  /** The engines that translate. */
  static List<EngineSettings> translators(Engines set) {
    List<EngineSettings> all = new ArrayList<>();
    if (set.apertium()) {
      all.add(EngineSettings.apertium());
    }
    Engines.LibreTranslate libre = set.libreTranslate();
    if (libre.url() != null) {
      all.add(
          EngineSettings.libreTranslate(
              "libretranslate",
              "LibreTranslate",
              libre.outside(),
              libre.url(),
              libre.key(),
              libre.languages(),
              PER_SECOND));
    }
    Engines.Chat chat = set.chat();
    if (chat.url() != null) {
      all.add(
          EngineSettings.chat(
              "chat",
              chat.model().isEmpty() ? "a language model" : chat.model(),
              chat.outside(),
              chat.url(),
              chat.key(),
              chat.languages(),
              chat.model(),
              chat.plain(),
              PER_SECOND));
    }
    TencentEngines tencent = set.tencent();
    if (tencent.text().use()) {
      all.add(
          EngineSettings.tencent(
              "tencent",
              "Tencent",
              tencent.text().outside(),
              tencent.text().url(),
              Objects.requireNonNull(tencent.secretId()),
              Objects.requireNonNull(tencent.secretKey()),
              tencent.region()));
    }
    return List.copyOf(all);
  }

  /** The engines that hear, in the order in which they are asked. */
  static List<SpeechInterpreter> hearing(Vertx vertx, Clock clock, Engines set) {
    Map<String, SpeechInterpreter> all = new LinkedHashMap<>();
    TencentEngines tencent = set.tencent();
    TencentEngines.Speech speech = tencent.speech();
    if (speech.appId() != null) {
      add(
          all,
          new SpeechTranslate(
              vertx,
              clock,
              new SpeechTranslate.Options(
                  speech.url(),
                  speech.appId(),
                  Objects.requireNonNull(tencent.secretId()),
                  Objects.requireNonNull(tencent.secretKey()),
                  speech.model(),
                  speech.targets(),
                  "Tencent speech translation",
                  speech.outside())));
    }
    if (tencent.tsi().use()) {
      add(
          all,
          new Tsi(
              vertx,
              clock,
              new Tsi.Options(
                  tencent.tsi().url(),
                  tencent.region(),
                  Objects.requireNonNull(tencent.secretId()),
                  Objects.requireNonNull(tencent.secretKey()),
                  tencent.tsi().voice() == null ? null : Integer.valueOf(tencent.tsi().voice()),
                  "Tencent interpretation",
                  tencent.tsi().outside())));
    }
    Path grammar = set.grammar();
    if (grammar != null) {
      add(all, new Pocketsphinx(vertx, Pocketsphinx.Options.english(grammar)));
    }
    return set.hearing().isEmpty()
        ? List.copyOf(all.values())
        : set.hearing().stream().map(name -> Objects.requireNonNull(all.get(name))).toList();
  }

  private static void add(Map<String, SpeechInterpreter> all, SpeechInterpreter one) {
    all.put(one.name(), one);
  }

  /**
   * The engines that read captions aloud, in the order in which they are asked.
   *
   * @param simulated whether a tone stands for each sentence of languages that none speaks
   */
  static List<TextSpeaker> speaking(Vertx vertx, Engines set, boolean simulated) {
    List<TextSpeaker> all = new ArrayList<>();
    Engines.Espeak espeak = set.espeak();
    if (!espeak.languages().isEmpty()) {
      all.add(
          new Espeak(
              vertx,
              new Espeak.Options("espeak-ng", Set.copyOf(espeak.languages()), espeak.speed())));
    }
    if (simulated) {
      all.add(new SimulatedSpeaker());
    }
    return List.copyOf(all);
  }

  /** How texts are translated. */
  static Options translating(Engines set) {
    return new Options(
        set.ways(),
        set.patience(),
        set.atOnce(),
        set.insideQuota(),
        set.outsideQuota(),
        set.languages());
  }

  /** What finds out the language of messages. */
  static Detector detector(Engines set) {
    return switch (set.detection()) {
      case NONE -> Detector.none();
      case SMALL -> new LinguaDetector(true);
      case LARGE -> new LinguaDetector(false);
    };
  }

  /**
   * The demonstration's own Tencent Meeting, which is none and says so.
   *
   * @param service what was started
   * @param accounts what it takes for an account
   */
  record Simulated(TencentMeetingSimulator service, SimulatorOptions accounts) {
    static SimulatorOptions on(String host, Clock clock) {
      return SimulatorOptions.demo(host, 0, clock);
    }

    private TencentOptions options() {
      return new TencentOptions(
          "tencent",
          "Tencent Meeting",
          true,
          URI.create(service.url()),
          accounts.secretId(),
          accounts.secretKey(),
          accounts.appId(),
          "",
          accounts.userid(),
          accounts.token(),
          accounts.encodingAesKey(),
          true,
          REPLAY,
          Line.Limits.defaults());
    }
  }
}
