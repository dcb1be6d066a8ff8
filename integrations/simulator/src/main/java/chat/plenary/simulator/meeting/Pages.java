package chat.plenary.simulator.meeting;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The page that stands for the platform's own program. To open it is to be in; it keeps a stream
 * open, and when that ends (the page is closed) one has left.
 */
final class Pages {
  /** How long somebody whose page never opened its stream counts as being in. */
  private static final long WITHOUT_STREAM_MILLIS = 120_000;

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>Simulated meeting</title>
      <style>
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }
        .note { border: 1px solid; border-radius: .5rem; padding: .5rem 1rem }
        button { font: inherit; padding: .4rem 1.2rem }
      </style>
      <h1>%s</h1>
      <p class="note">This is a <strong>simulation</strong> of a meeting service, not the service itself. There is no sound and no picture:
        a written dialogue is spoken while you are here, and its captions appear in your group.</p>
      <p>You are in as <strong>%s</strong>. <span id="state">In the meeting.</span></p>
      <button id="leave">Leave</button>
      <script>
        const here = new EventSource('%s');
        const leave = () => { here.close(); document.getElementById('state').textContent = 'You have left.'; document.getElementById('leave').disabled = true };
        document.getElementById('leave').onclick = leave;
        here.addEventListener('over', leave);
      </script>
      </html>
      """;

  private final Vertx vertx;
  private final Platform platform;

  Pages(Vertx vertx, Platform platform) {
    this.vertx = vertx;
    this.platform = platform;
  }

  void serve(HttpServerRequest request) {
    String[] parts = request.path().split("/", -1);
    @Nullable Meeting meeting = parts.length > 2 ? platform.joined(parts[2]) : null;
    HttpServerResponse response = request.response();
    if (meeting == null) {
      text(response, 404, "There is no such meeting.");
    } else if (parts[1].equals("transcripts")) {
      text(response, 200, String.join("\n", meeting.said.stream().map(String::valueOf).toList()));
    } else if (parts.length == 3) {
      open(request, meeting);
    } else if (parts[3].equals("here")) {
      stay(request, meeting);
    } else {
      platform.leave(meeting, String.valueOf(request.getParam("who")));
      text(response, 200, "left");
    }
  }

  private void open(HttpServerRequest request, Meeting meeting) {
    Meeting.Stay stay;
    try {
      stay =
          platform.join(meeting, bounded(request, "userid"), bounded(request, "name"));
    } catch (Refusal refusal) {
      text(request.response(), refusal.status(), "This meeting is over.");
      return;
    }
    vertx.setTimer(
        WITHOUT_STREAM_MILLIS,
        id -> {
          if (!stay.streaming) {
            platform.leave(meeting, stay.id);
          }
        });
    String stream = request.path() + "/here?who=" + stay.id;
    String page =
        PAGE.formatted(escaped(meeting.asked.getString("subject")), escaped(stay.name), stream);
    request
        .response()
        .putHeader("content-type", "text/html; charset=utf-8")
        .putHeader("cache-control", "no-store")
        .end(page);
  }

  /** Who it is, as the link says; the real program asks people themselves. */
  private static String bounded(HttpServerRequest request, String parameter) {
    String value = request.getParam(parameter);
    return value == null ? "" : value.substring(0, Math.min(60, value.length()));
  }

  private void stay(HttpServerRequest request, Meeting meeting) {
    Meeting.@Nullable Stay stay = meeting.stay(String.valueOf(request.getParam("who")));
    HttpServerResponse response = request.response();
    if (stay == null) {
      text(response, 204, "");
      return;
    }
    stay.streaming = true;
    response
        .setChunked(true)
        .putHeader("content-type", "text/event-stream")
        .putHeader("cache-control", "no-store");
    response.write(": here\n\n");
    long tick =
        vertx.setPeriodic(
            1_000,
            id -> {
              if (meeting.state == Meeting.State.STARTED) {
                response.write(": still here\n\n");
              } else {
                response.end("event: over\ndata: " + new JsonObject().encode() + "\n\n");
              }
            });
    response.endHandler(v -> vertx.cancelTimer(tick));
    response.exceptionHandler(failure -> platform.leave(meeting, stay.id));
    response.closeHandler(
        v -> {
          vertx.cancelTimer(tick);
          platform.leave(meeting, stay.id);
        });
  }

  private static void text(HttpServerResponse response, int status, String text) {
    response.setStatusCode(status).putHeader("content-type", "text/plain; charset=utf-8").end(text);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
