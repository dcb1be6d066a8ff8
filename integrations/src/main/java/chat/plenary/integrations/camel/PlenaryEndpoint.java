package chat.plenary.integrations.camel;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.message.Messages;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that routes post into: {@code plenary:group/ID}.
 *
 * <p>Options: {@code as} (required) the bot's account id; {@code organisation} (required) its
 * organisation's id; {@code inFlight} posts under way at once, 1 to 1,000, 64 unless given; {@code
 * waiting} exchanges that may wait for a place beyond these, 0 to 10,000, 1,000 unless given: more
 * are refused with a {@link java.util.concurrent.RejectedExecutionException}.
 *
 * <p>Whether the bot may post is judged by the log, as for anybody else.
 */
public final class PlenaryEndpoint extends DefaultEndpoint {
  private final Messages messages;
  private final ConversationId conversation;
  private @Nullable String as;
  private @Nullable String organisation;
  private int inFlight = 64;
  private int waiting = 1_000;

  PlenaryEndpoint(String uri, PlenaryComponent component, Messages messages, String remaining) {
    super(uri, component);
    this.messages = messages;
    if (!remaining.startsWith("group/")) {
      throw new IllegalArgumentException(
          "an endpoint is plenary:group/ID, not plenary:" + remaining);
    }
    this.conversation = new ConversationId(remaining.substring("group/".length()));
  }

  public void setAs(String as) {
    this.as = as;
  }

  public void setOrganisation(String organisation) {
    this.organisation = organisation;
  }

  public void setInFlight(int inFlight) {
    this.inFlight = bounded("inFlight", inFlight, 1, 1_000);
  }

  public void setWaiting(int waiting) {
    this.waiting = bounded("waiting", waiting, 0, 10_000);
  }

  @Override
  public Producer createProducer() {
    String account = as;
    String home = organisation;
    if (account == null || home == null) {
      throw new IllegalArgumentException("plenary: needs the options 'as' and 'organisation'");
    }
    Caller bot =
        new Caller(new AccountId(account), new OrganisationId(home), null, Role.MEMBER, true);
    return new PlenaryProducer(this, messages, bot, conversation, inFlight, waiting);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("plenary: endpoints only take messages so far");
  }

  private static int bounded(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
    }
    return value;
  }
}
