package chat.plenary.messaging.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.SessionId;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final Pattern SAMPLE =
      Pattern.compile("```json (client|server) (\\w+)\\n(.*?)```", Pattern.DOTALL);
  private static final Set<String> CLIENT =
      Set.of(
          "hello",
          "post",
          "edit",
          "recall",
          "position",
          "typing",
          "watch",
          "reading",
          "token",
          "ping");

  private static Map<String, JsonObject> samples(String side) throws Exception {
    Map<String, JsonObject> found = new LinkedHashMap<>();
    Matcher matcher = SAMPLE.matcher(Files.readString(Path.of("../docs/protocol.md")));
    while (matcher.find()) {
      if (matcher.group(1).equals(side)) {
        JsonObject sample = new JsonObject(matcher.group(3));
        assertEquals(matcher.group(2), sample.getString("type"));
        found.put(matcher.group(2), sample);
      }
    }
    return found;
  }

  @Test
  void everySampleOfAClientIsRead() throws Exception {
    Map<String, JsonObject> samples = samples("client");
    assertEquals(CLIENT, samples.keySet());
    for (JsonObject sample : samples.values()) {
      ClientFrame frame = ClientFrame.read(sample);
      assertTrue(
          frame.getClass().getSimpleName().equalsIgnoreCase(sample.getString("type")),
          sample::encode);
    }
  }

  @Test
  void unknownMembersOfEveryFrameAreRefusedByName() throws Exception {
    for (JsonObject sample : samples("client").values()) {
      Fault fault =
          assertThrows(Fault.class, () -> ClientFrame.read(sample.copy().put("extra", 1)));
      assertEquals("extra", fault.field());
    }
  }

  @Test
  void everySampleOfTheServerIsWhatTheServerSays() throws Exception {
    for (JsonObject sample : samples("server").values()) {
      assertEquals(sample, frame(sample).toJson());
    }
  }

  private static ServerFrame frame(JsonObject in) {
    String c = in.getValue("conversation") instanceof String text ? text : "";
    String ref = in.getString("ref");
    return switch (in.getString("type")) {
      case "welcome" ->
          new ServerFrame.Welcome(
              new AccountId(in.getString("account")),
              new SessionId(in.getString("session")),
              in.getInteger("heartbeat"),
              in.getJsonObject("limits").getInteger("body"),
              in.getJsonObject("limits").getInteger("inFlight"));
      case "conversation" ->
          new ServerFrame.Conversation(
              in.getJsonObject("conversation"), List.of(), in.getBoolean("complete"));
      case "live" -> new ServerFrame.Live(in.getString("cursor"));
      case "entry" -> new ServerFrame.Entry(in.getJsonObject("entry"));
      case "cursor" -> new ServerFrame.Cursor(in.getString("cursor"));
      case "accepted" ->
          new ServerFrame.Accepted(
              c, ref, in.getLong("seq"), in.getLong("m"), Instant.parse(in.getString("at")));
      case "refused" -> new ServerFrame.Refused(c, ref, Fault.notFound("conversation"));
      case "unknown" -> new ServerFrame.Unknown(c, ref);
      case "pong" -> new ServerFrame.Pong();
      case "position" ->
          new ServerFrame.Position(new ConversationId(c), in.getLong("seq"), in.getLong("m"));
      case "receipts" ->
          new ServerFrame.Receipts(
              new ConversationId(c), in.getLong("seq"), in.getLong("read"), in.getLong("unread"));
      case "typing" ->
          new ServerFrame.Typing(new ConversationId(c), new AccountId(in.getString("account")));
      case "caption" -> {
        JsonObject caption = in.copy();
        caption.remove("type");
        caption.remove("conversation");
        yield new ServerFrame.Caption(new ConversationId(c), caption);
      }
      case "card" -> new ServerFrame.Card(new ConversationId(c), in.getLong("seq"));
      case "translation" ->
          new ServerFrame.Translation(
              new ConversationId(c),
              in.getLong("seq"),
              in.getLong("of"),
              in.getString("language"),
              in.getString("text"),
              in.getString("engine"),
              in.getString("title"),
              in.getString("problem"));
      case "results" -> new ServerFrame.Results(in.getString("survey"));
      case "meeting" -> new ServerFrame.Meeting(new ConversationId(c), in.getString("meeting"));
      case "bye" -> new ServerFrame.Bye(ServerFrame.Bye.Reason.REVOKED, in.getString("detail"));
      case "problem" ->
          new ServerFrame.Refusal(
              Fault.invalid("type", in.getJsonObject("problem").getString("detail")));
      default -> throw new AssertionError("a sample of an unknown frame: " + in.encode());
    };
  }
}
