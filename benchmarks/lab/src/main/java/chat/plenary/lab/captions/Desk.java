package chat.plenary.lab.captions;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody who asks for meetings and captions over REST, at one node after another. */
public final class Desk {
  private static final int ATTEMPTS = 20;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final List<String> nodes;
  private final String token;
  private int turn;

  /** Signs in with a ticket. */
  public Desk(List<String> nodes, String ticket) throws IOException, InterruptedException {
    this.nodes = List.copyOf(nodes);
    HttpResponse<String> answer =
        send("", "POST", "/api/v1/sign-in/ticket", new JsonObject().put("ticket", ticket).encode());
    if (answer.statusCode() >= 300) {
      throw new IOException("Signing in: " + answer.body());
    }
    this.token = new JsonObject(answer.body()).getString("accessToken");
  }

  /** Asks until it is answered, each time at the next node; bodies carry a ref. */
  public JsonObject ask(String method, String path, JsonObject body)
      throws IOException, InterruptedException {
    String text = text(method, path, body.encode());
    return text.isEmpty() ? new JsonObject() : new JsonObject(text);
  }

  /** Gets a text. */
  public String get(String path) throws IOException, InterruptedException {
    return text("GET", path, "");
  }

  private String text(String method, String path, String body)
      throws IOException, InterruptedException {
    String last = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        HttpResponse<String> answer = send(token, method, path, body);
        if (answer.statusCode() < 300) {
          return answer.body();
        }
        last = answer.statusCode() + " " + answer.body();
        if (answer.statusCode() < 500 && answer.statusCode() != 429) {
          break;
        }
      } catch (IOException e) {
        last = e.toString();
      }
      Thread.sleep(500);
    }
    throw new IOException(method + " " + path + ": " + last);
  }

  private HttpResponse<String> send(String bearer, String method, String path, String body)
      throws IOException, InterruptedException {
    String node = nodes.get(turn++ % nodes.size());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + path)).timeout(Duration.ofSeconds(30));
    if (!bearer.isEmpty()) {
      request.header("authorization", "Bearer " + bearer);
    }
    if (body.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("content-type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** All lines of the record, in a language or (empty) as they were said. */
  public List<Judge.Line> record(String meeting, String language)
      throws IOException, InterruptedException {
    List<Judge.Line> lines = new ArrayList<>();
    Long after = 0L;
    while (after != null) {
      String query = "?limit=100&after=" + after;
      query += language.isEmpty() ? "" : "&language=" + language;
      JsonObject page = new JsonObject(get("/api/v1/meetings/" + meeting + "/captions" + query));
      for (Object one : page.getJsonArray("captions")) {
        lines.add(line((JsonObject) one));
      }
      after = page.getLong("next");
    }
    return lines;
  }

  private static Judge.Line line(JsonObject json) {
    JsonObject translation = json.getJsonObject("translation");
    return new Judge.Line(
        json.getLong("seq"),
        json.getString("key"),
        json.getString("text"),
        translation == null ? null : translation.getString("text"),
        translation == null ? null : translation.getString("problem"));
  }

  /** The cues of all files of WebVTT, as id and text. */
  public List<Judge.Cue> cues(String meeting, String language)
      throws IOException, InterruptedException {
    List<Judge.Cue> cues = new ArrayList<>();
    String after = "0";
    while (!after.isEmpty()) {
      String query = "?after=" + after + (language.isEmpty() ? "" : "&language=" + language);
      String file = get("/api/v1/meetings/" + meeting + "/captions.vtt" + query);
      after = "";
      for (String block : file.split("\n\n")) {
        String[] lines = block.split("\n");
        if (block.startsWith("NOTE This goes on")) {
          after = block.substring(block.indexOf("after=") + 6).strip();
        } else if (lines.length == 3) {
          cues.add(new Judge.Cue(lines[0], lines[2].replaceAll("<[^>]*>|[\u2068\u2069]", "")));
        }
      }
    }
    return cues;
  }
}
