package chat.plenary.integrations.meeting.bigbluebutton;

import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.integrations.meeting.wire.Query;
import chat.plenary.integrations.meeting.wire.Signing;
import chat.plenary.integrations.outgoing.Answer;
import chat.plenary.integrations.outgoing.Call;
import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Element;

/** Calls of the API: a query with a checksum, an answer in XML. */
final class BbbApi {
  private static final Set<String> NO_MEETING =
      Set.of("notFound", "noMeetings", "invalidMeetingIdentifier", "meetingForciblyEnded");

  private final BigBlueButtonOptions options;
  private final Line line;

  BbbApi(BigBlueButtonOptions options, Line line) {
    this.options = options;
    this.line = line;
  }

  /** The address of a call: hash(name of the call + query + secret) makes it ours. */
  URI address(String call, Query query) {
    String text = query.encode();
    return URI.create(
        options.base()
            + "/"
            + call
            + "?"
            + text
            + (text.isEmpty() ? "" : "&")
            + "checksum="
            + checksum(call + text));
  }

  /** The checksum of a text, in hex. */
  String checksum(String text) {
    byte[] content = Signing.bytes(text + options.secret());
    return Signing.hex(Signing.hash(options.checksum().algorithm(), content));
  }

  /**
   * Calls; whatever is not a success is a {@link Fault}.
   *
   * @param changes whether it changes something there
   */
  Future<Element> call(String call, Query query, boolean changes) {
    return line.send(
            new Call(
                HttpMethod.GET,
                address(call, query),
                Map.of("Accept", "application/xml"),
                Buffer.buffer(),
                changes))
        .compose(answer -> read(answer, changes));
  }

  private Future<Element> read(Answer answer, boolean changes) {
    Element xml = Xml.read(answer.text());
    String code = Xml.text(xml, "returncode");
    if (xml != null && code.equals("SUCCESS")) {
      return Future.succeededFuture(xml);
    }
    String key = Xml.text(xml, "messageKey");
    String said =
        ": " + Loose.words(Xml.text(xml, "message")) + " (" + Loose.first(key, "no key") + ").";
    String title = options.title();
    if (key.equals("checksumError")) {
      return failed(
          Fault.of(
              Fault.Code.FORBIDDEN,
              title + " does not accept this server's secret or kind of checksum" + said));
    }
    if (NO_MEETING.contains(key)) {
      return failed(Fault.of(Fault.Code.NOT_FOUND, title + " has no such meeting" + said));
    }
    if (code.equals("FAILED")) {
      return failed(Fault.invalid("meeting", title + " refused this" + said));
    }
    return failed(
        Fault.of(
            changes ? Fault.Code.UNKNOWN : Fault.Code.UNAVAILABLE,
            title + " gave an answer of another shape (HTTP " + answer.status() + ")."));
  }

  private static Future<Element> failed(Fault fault) {
    return Future.failedFuture(fault);
  }
}
