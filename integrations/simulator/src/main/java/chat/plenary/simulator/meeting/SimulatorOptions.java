package chat.plenary.simulator.meeting;

import java.time.Clock;
import java.util.List;

/**
 * How the simulator is set up.
 *
 * @param host the address it listens on, such as {@code 127.0.0.1}
 * @param port its port; 0 for any that is free
 * @param publicUrl where browsers find it, or empty for its host and port
 * @param secretId the application's SecretId
 * @param secretKey its SecretKey
 * @param appId the enterprise's id
 * @param userid the enterprise's user who may make meetings
 * @param token the webhook's Token; empty for no webhooks
 * @param encodingAesKey the webhook's EncodingAESKey of 43 characters; empty for plain base64
 * @param callsPerMinute calls a minute (300 by the documents)
 * @param createsPerMonth creates a month (10 for each premium account by the documents)
 * @param unruly whether every third webhook comes twice and every fifth after the next one
 * @param script what is said once somebody is in
 * @param clock tells the time
 */
public record SimulatorOptions(
    String host,
    int port,
    String publicUrl,
    String secretId,
    String secretKey,
    String appId,
    String userid,
    String token,
    String encodingAesKey,
    int callsPerMinute,
    int createsPerMonth,
    boolean unruly,
    List<ScriptLine> script,
    Clock clock) {
  public SimulatorOptions {
    script = List.copyOf(script);
  }

  /** With 300 calls a minute, 1,000 creates a month, unruly webhooks, and the shipped dialogue. */
  public static SimulatorOptions demo(String host, int port, Clock clock) {
    return new SimulatorOptions(
        host,
        port,
        "",
        "AKIDSIMULATED0001",
        "SECRETSIMULATED0001",
        "200000001",
        "organiser",
        "SIMULATEDTOKEN25CHARSxxxx",
        "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        300,
        1_000,
        true,
        ScriptLine.dialogue(),
        clock);
  }

  /** The same with another script. */
  public SimulatorOptions withScript(List<ScriptLine> other) {
    return new SimulatorOptions(
        host,
        port,
        publicUrl,
        secretId,
        secretKey,
        appId,
        userid,
        token,
        encodingAesKey,
        callsPerMinute,
        createsPerMonth,
        unruly,
        other,
        clock);
  }

  /** The same with other limits. */
  public SimulatorOptions withLimits(int minute, int month) {
    return new SimulatorOptions(
        host,
        port,
        publicUrl,
        secretId,
        secretKey,
        appId,
        userid,
        token,
        encodingAesKey,
        minute,
        month,
        unruly,
        script,
        clock);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "SimulatorOptions[" + host + ":" + port + "]";
  }
}
