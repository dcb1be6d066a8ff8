package chat.plenary.messaging.delivery;

import chat.plenary.messaging.cluster.Bus;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is told to live sessions without being an entry: it has no number, may be lost, and nothing
 * rests on it. Whoever is told reads what changed anew, and is judged then.
 */
public final class Signals {
  private static final String TOPIC = "signals";

  private final Bus bus;
  private final List<Consumer<Signal>> listeners = new CopyOnWriteArrayList<>();

  public Signals(Bus bus) {
    this.bus = bus;
    bus.subscribe(TOPIC, message -> tell(Signal.read(message.toJsonObject())));
  }

  /** One signal. */
  public sealed interface Signal {
    /**
     * One viewer's view of a card changed.
     *
     * @param conversation where the card is
     * @param seq the message that holds it
     * @param viewer whose view changed
     */
    record Card(ConversationId conversation, long seq, AccountId viewer) implements Signal {}

    /**
     * Somebody opened a survey's results and wants to hear of changes for the next minutes.
     *
     * @param viewer who
     * @param organisation the survey's organisation
     * @param survey the survey's id
     */
    record Opened(AccountId viewer, OrganisationId organisation, String survey) implements Signal {}

    /**
     * A survey's results changed.
     *
     * @param organisation the survey's organisation
     * @param survey the survey's id
     */
    record Results(OrganisationId organisation, String survey) implements Signal {}

    /**
     * A message was translated, or could not be.
     *
     * @param of the seq of the body that was translated
     * @param text null where there is a problem, as are the engine's name and title
     * @param problem null where there is a text
     */
    record Translated(
        ConversationId conversation,
        long seq,
        long of,
        String language,
        @Nullable String text,
        @Nullable String engine,
        @Nullable String title,
        @Nullable String problem)
        implements Signal {}

    /**
     * A meeting's caption has grown.
     *
     * @param meeting the meeting's id; only who follows it is told
     * @param caption the caption in the form of its frame
     */
    record Captioned(ConversationId conversation, String meeting, JsonObject caption)
        implements Signal {}

    /**
     * Something about a meeting changed.
     *
     * @param conversation the group that meets
     * @param meeting the meeting's id
     */
    record Meeting(ConversationId conversation, String meeting) implements Signal {}

    private static Signal read(JsonObject json) {
      return switch (json.getString("t")) {
        case "captioned" ->
            new Captioned(
                new ConversationId(json.getString("c")),
                json.getString("m"),
                json.getJsonObject("x"));
        case "card" ->
            new Card(
                new ConversationId(json.getString("c")),
                json.getLong("s"),
                new AccountId(json.getString("a")));
        case "opened" ->
            new Opened(
                new AccountId(json.getString("a")),
                new OrganisationId(json.getString("o")),
                json.getString("v"));
        case "translated" ->
            new Translated(
                new ConversationId(json.getString("c")),
                json.getLong("s"),
                json.getLong("f"),
                json.getString("l"),
                json.getString("x"),
                json.getString("e"),
                json.getString("n"),
                json.getString("p"));
        case "results" -> new Results(new OrganisationId(json.getString("o")), json.getString("v"));
        case "meeting" -> new Meeting(new ConversationId(json.getString("c")), json.getString("m"));
        default -> throw new IllegalArgumentException("an unknown signal");
      };
    }

    private JsonObject json() {
      if (this instanceof Card card) {
        return new JsonObject()
            .put("t", "card")
            .put("c", card.conversation.value())
            .put("s", card.seq)
            .put("a", card.viewer.value());
      }
      if (this instanceof Opened opened) {
        return new JsonObject()
            .put("t", "opened")
            .put("a", opened.viewer.value())
            .put("o", opened.organisation.value())
            .put("v", opened.survey);
      }
      if (this instanceof Captioned captioned) {
        return new JsonObject()
            .put("t", "captioned")
            .put("c", captioned.conversation.value())
            .put("m", captioned.meeting)
            .put("x", captioned.caption);
      }
      if (this instanceof Translated translated) {
        return new JsonObject()
            .put("t", "translated")
            .put("c", translated.conversation.value())
            .put("s", translated.seq)
            .put("f", translated.of)
            .put("l", translated.language)
            .put("x", translated.text)
            .put("e", translated.engine)
            .put("n", translated.title)
            .put("p", translated.problem);
      }
      if (this instanceof Meeting meeting) {
        return new JsonObject()
            .put("t", "meeting")
            .put("c", meeting.conversation.value())
            .put("m", meeting.meeting);
      }
      Results results = (Results) this;
      return new JsonObject()
          .put("t", "results")
          .put("o", results.organisation.value())
          .put("v", results.survey);
    }
  }

  /**
   * Tells the sessions of all nodes, as far as they can be reached. May be called on any thread.
   */
  public void send(Signal signal) {
    tell(signal);
    bus.publish(TOPIC, Buffer.buffer(signal.json().encode()));
  }

  /** Adds a listener on this node. It is called on any thread and must not take time. */
  public void listen(Consumer<Signal> listener) {
    listeners.add(listener);
  }

  private void tell(Signal signal) {
    listeners.forEach(listener -> listener.accept(signal));
  }
}
