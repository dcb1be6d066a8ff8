package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.MemberRoutes.get;

import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.voice.Voices;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** In which languages a meeting can be listened to (section 12 of the protocol). */
public final class VoiceRoutes {
  private static final int MOST = 32;

  private final Voices voices;

  public VoiceRoutes(Voices voices) {
    this.voices = voices;
  }

  /** The endpoints. */
  public List<Route> routes() {
    return List.of(
        get(
                "/api/v1/meetings/{id}/voices",
                "In which languages a meeting can be listened to, and what speaks them.",
                object(
                    "voices",
                    list(
                        object(
                            "language",
                            ConversationSchemas.LANGUAGE,
                            "engine",
                            AccountSchemas.TEXT,
                            "title",
                            AccountSchemas.TEXT,
                            "simulated",
                            AccountSchemas.FLAG),
                        0,
                        MOST)),
                this::available)
            .text("language", "The tag of a language to be looked at too."));
  }

  private Future<Response> available(Request request) {
    return voices
        .available(
            request.caller(), CaptionRoutes.meeting(request), CaptionRoutes.language(request))
        .map(
            found -> {
              JsonArray all = new JsonArray();
              found.forEach(
                  one ->
                      all.add(
                          new JsonObject()
                              .put("language", one.language())
                              .put("engine", one.engine())
                              .put("title", one.title())
                              .put("simulated", one.simulated())));
              return Response.json(new JsonObject().put("voices", all));
            });
  }
}
