package chat.plenary.integrations;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;

import chat.plenary.integrations.deadletter.Redelivery;
import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.message.EntryView;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node with a folder of routes, for tests. */
public final class Operators implements AutoCloseable {
  public final Assembly assembly;
  public final Integrations integrations;
  private final Path folder;

  private Operators(Assembly assembly, Integrations integrations, Path folder) {
    this.assembly = assembly;
    this.integrations = integrations;
    this.folder = folder;
  }

  /** Opens one over a directory; what was there before is there again. */
  public static Operators open(Path directory) throws Exception {
    Path folder = Files.createDirectories(directory.resolve("routes"));
    Assembly assembly = Assembly.open(directory.resolve("data"));
    Integrations integrations =
        await(
            Integrations.open(
                assembly.vertx,
                assembly.chat,
                assembly.store,
                Clock.systemUTC(),
                "https://chat.example.org",
                new Integrations.Options(
                    new RoutesOfOperators.Options(
                        folder,
                        Set.copyOf(RoutesOfOperators.Options.SCHEMES),
                        List.of("localhost"),
                        new Redelivery(3, Duration.ofMillis(20), Duration.ofMillis(100))))));
    assembly.start();
    await(integrations.start());
    return new Operators(assembly, integrations, folder);
  }

  /** Options of an endpoint in the bot's name. */
  public String as() {
    return "?as=" + assembly.bo.account() + "&organisation=" + assembly.bo.organisation();
  }

  /** Writes a file, all at once. */
  public void write(String name, String text) throws IOException {
    Path made = folder.resolve("." + name + ".new");
    Files.writeString(made, text);
    Files.move(made, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  public void delete(String name) throws IOException {
    Files.delete(folder.resolve(name));
  }

  /** Texts of the messages of a group, oldest first. */
  public List<String> texts(ConversationId group) throws Exception {
    List<String> texts = new ArrayList<>();
    long after = 0;
    while (true) {
      List<EntryView> page =
          await(assembly.chat.history().page(assembly.alice, group, 0, after, 100)).entries();
      if (page.isEmpty()) {
        return texts;
      }
      for (EntryView one : page) {
        after = one.entry().seq();
        if (one.entry().kind().equals("message.posted") && one.body() != null) {
          texts.add(one.body().getString("text").getValue());
        }
      }
    }
  }

  /** How it stands with a file, as administrators are told; null where it is not there. */
  public @Nullable JsonObject file(String name) throws Exception {
    JsonObject page = call("GET", "/api/v1/routes", Map.of()).body().toJsonObject();
    return page.getJsonArray("files").stream()
        .map(file -> (JsonObject) file)
        .filter(file -> file.getString("file").equals(name))
        .findFirst()
        .orElse(null);
  }

  public void awaitState(String name, String state) throws Exception {
    until(
        name + " to be " + state,
        () -> {
          JsonObject file = file(name);
          return file != null && file.getString("state").equals(state);
        });
  }

  public List<JsonObject> deadLetters() throws Exception {
    return call("GET", "/api/v1/dead-letters", Map.of())
        .body()
        .toJsonObject()
        .getJsonArray("deadLetters")
        .stream()
        .map(one -> (JsonObject) one)
        .toList();
  }

  public Response call(String method, String path, Map<String, String> parameters)
      throws Exception {
    return await(answer(assembly.alice, method, path, parameters, Map.of(), ""));
  }

  /** What a route of the server answers, as its handler has it. */
  public Future<Response> answer(
      Caller caller,
      String method,
      String path,
      Map<String, String> parameters,
      Map<String, String> headers,
      String body) {
    Route route =
        integrations.routes().stream()
            .filter(one -> one.path().equals(path))
            .filter(one -> one.method().equals(HttpMethod.valueOf(method)))
            .findFirst()
            .orElseThrow();
    return Future.future(
        promise ->
            assembly.vertx.runOnContext(
                v -> {
                  try {
                    route
                        .handler()
                        .apply(new Asked(caller, parameters, headers, Buffer.buffer(body)))
                        .onComplete(promise);
                  } catch (RuntimeException e) {
                    promise.fail(e);
                  }
                }));
  }

  @Override
  public void close() throws Exception {
    await(integrations.close());
    assembly.close();
  }

  private record Asked(
      Caller caller, Map<String, String> parameters, Map<String, String> headers, Buffer bytes)
      implements Request {
    @Override
    public String parameter(String name) {
      return parameters.get(name);
    }

    @Override
    public @Nullable String query(String name) {
      return parameters.get(name);
    }

    @Override
    public long query(String name, long min, long max, long otherwise) {
      String given = query(name);
      return given == null ? otherwise : Long.parseLong(given);
    }

    @Override
    public @Nullable String header(String name) {
      return headers.get(name);
    }

    @Override
    public @Nullable String cookie(String name) {
      return null;
    }

    @Override
    public Input body() {
      return Input.of(bytes.toJsonObject());
    }

    @Override
    public String remoteAddress() {
      return "127.0.0.1";
    }
  }
}
