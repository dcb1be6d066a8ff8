package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Features;
import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.meeting.MeetingSettings;
import chat.plenary.messaging.meeting.Participant;
import chat.plenary.messaging.meeting.RecordingProvider;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meetings as a stranger's client meets them (section 11 of the protocol). */
class MeetingRoutesTest {
  private final RecordingProvider provider =
      new RecordingProvider(
          "tencent", MeetingProvider.Capability.EVENTS, MeetingProvider.Capability.PERSONAL_LINKS);
  private Served served;
  private String alice;
  private String bob;
  private String meetings;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    served = new Served(directory, Features.none().with(MeetingSettings.of(List.of(provider))));
    alice = served.token("alice");
    bob = served.token("bob");
    meetings = "/api/v1/conversations/" + served.group(alice, "dialogue") + "/meetings";
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  private Served.Answer put(String token, String path, JsonObject body) throws Exception {
    return served.call(token, HttpMethod.PUT, path, body);
  }

  private JsonObject checked(String endpoint, Served.Answer answer) {
    assertThat(answer.status()).as(endpoint + ": " + answer.text()).isEqualTo(200);
    Route route =
        new MeetingRoutes(served.chat)
            .routes().stream()
                .filter(one -> (one.method() + " " + one.path()).equals(endpoint))
                .findFirst()
                .orElseThrow();
    assertThat(Schemas.errors(route.responseSchema(), answer.json())).as(endpoint).isEmpty();
    return answer.json();
  }

  @Test
  void theDocumentedCallsDoWhatThePageSays() throws Exception {
    ProtocolSamples samples = new ProtocolSamples();
    String call = "POST /api/v1/conversations/{id}/meetings";
    JsonObject wish = samples.of("request " + call);
    JsonObject called = checked(call, served.post(alice, meetings, wish));
    JsonObject sample = samples.of("response " + call);
    assertThat(called.fieldNames()).isEqualTo(sample.fieldNames());
    JsonObject meeting = called.getJsonObject("meeting");
    assertThat(meeting.fieldNames()).isEqualTo(sample.getJsonObject("meeting").fieldNames());
    for (String same :
        List.of("title", "start", "end", "zone", "recurrence", "languages", "code")) {
      assertThat(meeting.getValue(same))
          .as(same)
          .isEqualTo(sample.getJsonObject("meeting").getValue(same));
    }
    assertThat(served.post(alice, meetings, wish).json()).isEqualTo(called);
    assertThat(served.post(alice, meetings, wish.copy().put("title", "Another")).problem())
        .isEqualTo("409 conflict ref");

    String one = "/api/v1/meetings/" + meeting.getString("id");
    JsonObject view = checked("GET /api/v1/meetings/{id}", served.get(bob, one));
    assertThat(view.fieldNames())
        .isEqualTo(samples.of("response GET /api/v1/meetings/{id}").fieldNames());
    JsonObject rsvp =
        checked(
            "PUT /api/v1/meetings/{id}/rsvp",
            put(bob, one + "/rsvp", samples.of("request PUT /api/v1/meetings/{id}/rsvp")));
    assertThat(rsvp.getInteger("yes")).isEqualTo(1);
    assertThat(
            checked("GET /api/v1/meetings/{id}/rsvp", served.get(alice, one + "/rsvp"))
                .getJsonArray("accounts"))
        .containsExactly(served.bob.value());
    checked("GET " + "/api/v1/meetings", served.get(bob, "/api/v1/meetings?limit=1"));
    checked("GET /api/v1/conversations/{id}/meetings", served.get(bob, meetings + "?limit=5"));
    checked(
        "GET /api/v1/conversations/{id}/meetings/providers",
        served.get(bob, meetings + "/providers"));
    JsonObject changed =
        checked(
            "PATCH /api/v1/meetings/{id}",
            served.call(
                alice,
                HttpMethod.PATCH,
                one,
                new JsonObject().put("ref", "c").put("title", "Another")));
    assertThat(changed.getString("title")).isEqualTo("Another");
    JsonObject ref = new JsonObject().put("ref", "x");
    assertThat(served.post(bob, one + "/cancel", ref).problem()).isEqualTo("403 forbidden");
    checked("POST /api/v1/meetings/{id}/cancel", served.post(alice, one + "/cancel", ref));
    checked("POST /api/v1/meetings/{id}/cancel", served.post(alice, one + "/cancel", ref));
    assertThat(served.post(alice, one + "/join", new JsonObject()).problem()).isEqualTo("410 gone");
    assertThat(served.get(bob, meetings + "?state=past").json().getJsonArray("meetings"))
        .hasSize(1);
    JsonObject past =
        checked("GET " + "/api/v1/meetings", served.get(bob, "/api/v1/meetings?state=past"));
    assertThat(past.getJsonArray("meetings").getJsonObject(0).getString("state"))
        .isEqualTo("cancelled");
    assertThat(served.get(bob, "/api/v1/meetings?state=over").problem())
        .isEqualTo("400 invalid state");
  }

  @Test
  void whatWasTypedIsUnderstoodOrNamed() throws Exception {
    JsonObject typed =
        new JsonObject()
            .put("ref", "t")
            .put("zone", "Europe/Paris")
            .put("command", "/meet 15:00 en es");
    JsonObject meeting = served.post(alice, meetings, typed).json().getJsonObject("meeting");
    assertThat(meeting.getString("start")).isEqualTo("2026-11-24T14:00:00.000Z");
    assertThat(meeting.getString("title")).isEqualTo("Group dialogue");
    assertThat(meeting.getJsonArray("languages")).containsExactly("en", "es");

    Served.Answer wrong =
        served.post(alice, meetings, typed.copy().put("ref", "u").put("command", "/meet whenever"));
    assertThat(wrong.problem()).isEqualTo("400 invalid command");
    assertThat(wrong.json().getString("detail")).startsWith("'whenever' is not understood.");
  }

  @Test
  void badWishesAreRefusedByName() throws Exception {
    JsonObject good = new JsonObject().put("ref", "r").put("zone", "UTC");
    List<JsonObject> bad = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    Object[][] wrong = {
      {"ref", ""},
      {"zone", "Europe/Atlantis"},
      {"zone", "+02:00"},
      {"title", "\u202E "},
      {"title", "x".repeat(101)},
      {"start", "tomorrow"},
      {"start", "2026-11-24T09:00:00Z"},
      {"start", "2036-11-24T09:00:00Z"},
      {"minutes", 4},
      {"minutes", 1_441},
      {"languages", new JsonArray().add("english")},
      {"languages", new JsonArray(List.of("en", "es", "fr", "de", "it", "pt", "ru", "ar", "zh"))},
      {"provider", "zoom"},
      {"link", "https://example.org"},
      {"command", 7}
    };
    for (Object[] one : wrong) {
      bad.add(good.copy().put((String) one[0], one[1]));
      fields.add((String) one[0]);
    }
    for (int i = 0; i < bad.size(); i++) {
      String problem = served.post(alice, meetings, bad.get(i)).problem();
      assertThat(problem).as(bad.get(i).encode()).startsWith("400 invalid " + fields.get(i));
    }
    JsonObject every = new JsonObject().put("every", "year").put("count", 2);
    assertThat(served.post(alice, meetings, good.copy().put("recurrence", every)).problem())
        .isEqualTo("400 invalid recurrence.every");
    JsonObject count = new JsonObject().put("every", "day").put("count", 51);
    assertThat(served.post(alice, meetings, good.copy().put("recurrence", count)).problem())
        .isEqualTo("400 invalid recurrence.count");
    JsonObject weekend = new JsonObject().put("every", "weekday").put("count", 5);
    assertThat(
            served
                .post(
                    alice,
                    meetings,
                    good.copy().put("recurrence", weekend).put("start", "2026-11-28T09:00:00Z"))
                .problem())
        .isEqualTo("400 invalid start");
    assertThat(provider.asked).isEmpty();
  }

  @Test
  void aLinkIsForOneMemberAndNotKept() throws Exception {
    String id = called("l");
    Served.Answer link = served.post(bob, "/api/v1/meetings/" + id + "/join", new JsonObject());
    checked("POST /api/v1/meetings/{id}/join", link);
    assertThat(link.json().getString("url")).endsWith("u=bob");
    assertThat(link.header("cache-control")).isEqualTo("no-store");
    JsonObject remove =
        new JsonObject().put("ref", "r").put("remove", new JsonArray().add(served.bob.value()));
    served.post(alice, meetings.replace("/meetings", "/members"), remove);
    assertThat(served.post(bob, "/api/v1/meetings/" + id + "/join", new JsonObject()).problem())
        .isEqualTo("404 not-found");
    assertThat(provider.count("link bob")).isEqualTo(1);
  }

  private String called(String ref) throws Exception {
    JsonObject wish =
        new JsonObject().put("ref", ref).put("zone", "UTC").put("start", "2026-11-24T10:00:00Z");
    return served.post(alice, meetings, wish).json().getJsonObject("meeting").getString("id");
  }

  @Test
  void anInvitationIsACalendarsText() throws Exception {
    Served.Answer text = served.get(bob, "/api/v1/meetings/" + called("i") + "/invitation.ics");
    assertThat(text.header("content-type")).isEqualTo("text/calendar; charset=utf-8");
    assertThat(text.text()).startsWith("BEGIN:VCALENDAR\r\n").contains("METHOD:REQUEST\r\n");
  }

  @Test
  void whatTheProviderRefusesIsToldInItsWords() throws Exception {
    provider.before = what -> Future.failedFuture(Fault.tooMany("2 of 2 meetings are used.", 60));
    String id = called("f");
    JsonObject view = served.get(bob, "/api/v1/meetings/" + id).json();
    assertThat(view.getString("state")).isEqualTo("failed");
    assertThat(view.getString("problem")).isEqualTo("2 of 2 meetings are used.");
    provider.before = what -> Future.succeededFuture();
    JsonObject again =
        served
            .post(alice, "/api/v1/meetings/" + id + "/retry", new JsonObject().put("ref", "again"))
            .json();
    assertThat(again.getString("state")).isEqualTo("scheduled");
  }

  @Test
  void attendanceIsForTheOrganiserAndItsPagesHoldEverybodyOnce() throws Exception {
    String id = called("a");
    String external =
        Waiting.await(served.chat.meetings().find(id)).orElseThrow().room().external();
    for (int i = 0; i < 25; i++) {
      Participant guest = new Participant("guest" + i, null, null, "Guest " + i);
      Waiting.await(
          served
              .chat
              .meetingEvents()
              .take("tencent", new MeetingEvent.Joined(external, served.clock.instant(), guest)));
    }
    String path = "/api/v1/meetings/" + id + "/attendance";
    assertThat(served.get(bob, path).problem()).isEqualTo("403 forbidden");
    Set<String> names = new TreeSet<>();
    String next = null;
    int pages = 0;
    do {
      JsonObject page =
          checked(
              "GET /api/v1/meetings/{id}/attendance",
              served.get(alice, path + "?limit=10" + (next == null ? "" : "&after=" + next)));
      page.getJsonArray("attendance")
          .forEach(one -> assertThat(names.add(((JsonObject) one).getString("name"))).isTrue());
      next = page.getString("next");
      pages++;
    } while (next != null);
    assertThat(names).hasSize(25);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void withoutAServiceThereIsNoMeeting(@TempDir Path another) throws Exception {
    try (Served bare = new Served(another)) {
      String token = bare.token("alice");
      String path = "/api/v1/conversations/" + bare.group(token, "g") + "/meetings";
      JsonObject wish = new JsonObject().put("ref", "r").put("zone", "UTC");
      assertThat(bare.post(token, path, wish).problem()).isEqualTo("400 invalid provider");
      assertThat(bare.get(token, path + "/providers").json().getString("default")).isNull();
    }
  }
}
