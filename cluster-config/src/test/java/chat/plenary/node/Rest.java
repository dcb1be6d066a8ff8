package chat.plenary.node;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The REST part of the protocol, as a stranger would call it. */
record Rest(String base, @Nullable String token) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** An answer: its status and, where it is JSON, its body. */
  record Answer(int status, String text, java.net.http.HttpHeaders headers) {
    JsonObject json() {
      return new JsonObject(text);
    }

    /** The body of a success. */
    JsonObject good() {
      if (status / 100 != 2) {
        throw new AssertionError(status + ": " + text);
      }
      return text.isEmpty() ? new JsonObject() : json();
    }

    /** A value of the page of metrics, by its name with its labels and without {@code plenary_}. */
    double metric(String name) {
      String line = "plenary_" + name + " ";
      return text.lines()
          .filter(one -> one.startsWith(line))
          .mapToDouble(one -> Double.parseDouble(one.substring(line.length())))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + line + "in\n" + text));
    }
  }

  static Rest at(String base) {
    return new Rest(base, null);
  }

  /** Signs in. */
  static Rest signedIn(String base, String userid, String password) {
    JsonObject body = new JsonObject().put("userid", userid).put("password", password);
    JsonObject session = at(base).post("/api/v1/sign-in", body).good();
    return new Rest(base, session.getString("accessToken"));
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer post(String path, @Nullable JsonObject body) {
    return send("POST", path, body);
  }

  Answer send(String method, String path, @Nullable JsonObject body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.encode()));
    if (body != null) {
      request.header("content-type", "application/json");
    }
    if (token != null) {
      request.header("authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer.headers());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
