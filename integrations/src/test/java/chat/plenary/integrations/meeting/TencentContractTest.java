package chat.plenary.integrations.meeting;

import static chat.plenary.messaging.Waiting.await;

import chat.plenary.integrations.meeting.tencent.TencentOptions;
import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.simulator.meeting.SimulatorOptions;
import chat.plenary.simulator.meeting.TencentMeetingSimulator;
import chat.plenary.simulator.meeting.Weather;
import java.net.URI;
import java.time.Duration;
import java.util.List;

class TencentContractTest extends MeetingProviderContract {
  TencentMeetingSimulator simulator;
  TencentOptions options;

  static TencentOptions options(TencentMeetingSimulator simulator, int timeoutSeconds) {
    SimulatorOptions at = simulator.options();
    return new TencentOptions(
        "tencent",
        "Tencent Meeting",
        true,
        URI.create(simulator.url()),
        at.secretId(),
        at.secretKey(),
        at.appId(),
        "",
        at.userid(),
        at.token(),
        at.encodingAesKey(),
        true,
        Duration.ofHours(1),
        new Line.Limits(250, timeoutSeconds, 2));
  }

  @Override
  MeetingProvider open() throws Exception {
    simulator =
        await(
            TencentMeetingSimulator.start(
                place.vertx, SimulatorOptions.demo("127.0.0.1", 0, place.clock)));
    options = options(simulator, 2);
    return place.open(
        new MeetingProviders.Options(List.of(), List.of(options), List.of(), List.of()));
  }

  @Override
  boolean goDown() {
    simulator.weather(Weather.DOWN);
    return true;
  }

  @Override
  String secret() {
    return simulator.options().secretKey();
  }

  @Override
  Object options() {
    return options;
  }
}
