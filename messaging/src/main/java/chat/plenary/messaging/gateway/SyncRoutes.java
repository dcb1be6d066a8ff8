package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.gateway.AccountSchemas.list;
import static chat.plenary.messaging.gateway.AccountSchemas.object;
import static chat.plenary.messaging.gateway.MemberRoutes.get;

import chat.plenary.messaging.http.Request;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.log.Cursor;
import chat.plenary.messaging.sync.Sync;
import io.vertx.core.Future;
import java.util.List;

/** Syncing without a socket (section 7 of the protocol). */
final class SyncRoutes {
  private final Sync sync;

  SyncRoutes(Sync sync) {
    this.sync = sync;
  }

  List<Route> routes() {
    return List.of(
        get(
                "/api/v1/sync",
                "What changed since a cursor; without one your conversations, newest first.",
                object(
                    "conversations",
                    list(
                        object(
                            "conversation",
                            ConversationSchemas.CONVERSATION,
                            "entries",
                            list(ConversationSchemas.ENTRY, 0, Sync.MAX_ENTRIES),
                            "complete",
                            AccountSchemas.FLAG)),
                    "cursor",
                    AccountSchemas.TEXT,
                    "more",
                    AccountSchemas.FLAG),
                this::page)
            .text("cursor", "The last cursor that you were given."));
  }

  private Future<Response> page(Request request) {
    String since = request.query("cursor");
    return sync.page(request.caller(), since == null ? null : Cursor.decode("cursor", since))
        .map(page -> Response.json(page.toJson()));
  }
}
