package chat.plenary.messaging.meeting;

import static chat.plenary.messaging.Waiting.await;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.organisation.OrganisationState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * A group that meets: Alice owns it, Bob is a member, Carol is a stranger. Time stands still until
 * the test lets it pass, and what is due is done when the test looks.
 */
final class MeetingHouse implements AutoCloseable {
  final TestClock clock = new TestClock();
  final RecordingProvider tencent =
      new RecordingProvider(
          "tencent",
          MeetingProvider.Capability.EVENTS,
          MeetingProvider.Capability.END,
          MeetingProvider.Capability.CAPTIONS,
          MeetingProvider.Capability.PARTICIPANTS,
          MeetingProvider.Capability.RECORDINGS);
  final RecordingProvider jitsi = new RecordingProvider("jitsi");
  final MeetingSettings settings;
  private final MeetingNodes nodes;
  final SlowStore store;
  final Assembly assembly;
  final Meetings meetings;
  final Meetings otherNode;
  final Caller alice;
  final Caller bob;
  final Caller carol;
  final ConversationId group;

  MeetingHouse(Path directory) throws Exception {
    settings =
        new MeetingSettings(
            List.of(tencent, jitsi), null, Map.of(), Duration.ofMinutes(10), Duration.ofSeconds(2));
    nodes = MeetingNodes.open(directory, clock, settings);
    store = nodes.store();
    assembly = nodes.assembly();
    meetings = assembly.chat.meetings();
    otherNode = nodes.other();
    alice = assembly.alice;
    bob = join("bob");
    carol = join("carol");
    group =
        await(
                assembly
                    .chat
                    .conversations()
                    .createGroup(
                        alice,
                        "dialogue",
                        "Dialogue",
                        List.of(bob.account()),
                        true,
                        new Ref("create")))
            .id();
  }

  private Caller join(String userid) throws Exception {
    OrganisationState home =
        (OrganisationState)
            await(assembly.chat.log().state(ConversationId.of(alice.organisation())));
    if (home.byUserid(userid) != null) {
      return new Caller(home.byUserid(userid).id(), alice.organisation(), null, Role.MEMBER, false);
    }
    Joining.Candidate candidate =
        new Joining.Candidate(userid, userid, "correct horse battery", Role.MEMBER, List.of());
    return new Caller(
        await(assembly.chat.organisations().add(alice, List.of(candidate))).get(0).id(),
        alice.organisation(),
        null,
        Role.MEMBER,
        false);
  }

  /** What Alice calls in an hour, for an hour; more members as given. */
  JsonObject wish(String ref) {
    return new JsonObject()
        .put("ref", ref)
        .put("title", "Weekly dialogue")
        .put("start", clock.instant().plus(Duration.ofHours(1)).toString())
        .put("zone", "Europe/Paris");
  }

  Future<JsonObject> calling(Caller who, JsonObject wish) {
    return meetings.call(who, group, NewMeeting.read(Input.of(wish), clock.instant()));
  }

  JsonObject call(JsonObject wish) throws Exception {
    return await(calling(alice, wish));
  }

  /** Calls one and gives its id. */
  String called(JsonObject wish) throws Exception {
    return call(wish).getJsonObject("meeting").getString("id");
  }

  JsonObject view(String id) throws Exception {
    return view(alice, id);
  }

  JsonObject view(Caller who, String id) throws Exception {
    return await(meetings.pages().view(who, id));
  }

  String state(String id) throws Exception {
    return view(id).getString("state");
  }

  JsonObject change(String id, JsonObject change) throws Exception {
    return await(changing(id, change));
  }

  Future<JsonObject> changing(String id, JsonObject change) {
    return meetings.change(
        alice, id, MeetingChange.read(Input.of(change.put("ref", "c")), clock.instant()));
  }

  /** Lets time pass, then looks at what is due, on both nodes at once. */
  void pass(Duration time) throws Exception {
    clock.pass(time);
    look();
  }

  void look() throws Exception {
    await(Future.join(meetings.look(), otherNode.look()));
  }

  /** What the provider calls a meeting. */
  String external(String id) throws Exception {
    return await(meetings.find(id)).orElseThrow().room().external();
  }

  void tell(MeetingEvent event) throws Exception {
    await(meetings.events().take("tencent", event));
  }

  void started(String id) throws Exception {
    tell(new MeetingEvent.Started(external(id), clock.instant()));
  }

  void ended(String id) throws Exception {
    tell(new MeetingEvent.Ended(external(id), clock.instant(), false));
  }

  /** What the group shows now, without what was edited away: bodies in order. */
  List<JsonObject> shown() throws Exception {
    List<JsonObject> bodies = new ArrayList<>();
    for (EntryView entry : assembly.history(alice, group)) {
      if (entry.entry().kind().equals("message.posted")) {
        bodies.add(entry.toJson().getJsonObject("body"));
      }
    }
    return bodies;
  }

  /** The one card of the group, as it says now. */
  JsonObject card() throws Exception {
    List<JsonObject> cards =
        shown().stream().filter(body -> "meeting".equals(body.getString("type"))).toList();
    if (cards.size() != 1) {
      throw new AssertionError("cards: " + cards);
    }
    return cards.get(0).getJsonObject("meeting");
  }

  /** The states that the card went through, as the log has them. */
  List<String> states() throws Exception {
    List<String> states = new ArrayList<>();
    long head = await(assembly.chat.log().state(group)).seq();
    for (var entry : await(assembly.chat.log().read(group, 1, head, 1_000))) {
      if (entry.body() == null) {
        continue;
      }
      JsonObject body = chat.plenary.messaging.content.Bson.json(entry.body());
      JsonObject said = entry.kind().equals("message.edited") ? body.getJsonObject("body") : body;
      if ("meeting".equals(said.getString("type"))) {
        states.add(said.getJsonObject("meeting").getString("state"));
      }
    }
    return states;
  }

  List<String> remarks() throws Exception {
    return shown().stream()
        .filter(body -> "system".equals(body.getString("type")))
        .map(body -> body.getString("text"))
        .toList();
  }

  /** Waits until something that follows an event by itself is so, at most ten seconds. */
  static void eventually(String what, Check check) throws Exception {
    for (int i = 0; i < 200; i++) {
      if (check.holds()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("not in ten seconds: " + what);
  }

  /** Something to be so. */
  @FunctionalInterface
  interface Check {
    boolean holds() throws Exception;
  }

  /** The fault that a future fails with. */
  static Fault fault(Future<?> future) throws Exception {
    try {
      Object done = await(future);
      throw new AssertionError("it did not fail: " + done);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Fault fault) {
        return fault;
      }
      throw e;
    }
  }

  Instant in(Duration time) {
    return clock.instant().plus(time);
  }

  @Override
  public void close() throws Exception {
    nodes.close();
  }
}
