package chat.plenary.integrations.camel;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.message.Messages;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * A group that routes read and post into, as a bot that is a member of it.
 *
 * <p>As a producer it posts each exchange and goes on when it is durable; whether the bot may is
 * judged by the log, as for anybody else.
 *
 * <p>As a consumer it makes an exchange of each entry that the bot may see, in the order of the
 * group, once per cluster. Its place is kept in the store under {@code name}; another node goes on
 * from there within seconds when a node is gone. Each entry comes at least once, always with the
 * same exchange id: a producer {@code plenary:} downstream posts it once.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "plenary",
    title = "Plenary",
    syntax = "plenary:kind/groupId",
    category = {org.apache.camel.Category.CHAT})
public final class PlenaryEndpoint extends DefaultEndpoint {
  /** What the body of an exchange is. */
  public enum Format {
    json,
    text
  }

  private final @Nullable Messages messages;
  private final @Nullable Following following;
  private final ConversationId conversation;

  @UriPath(description = "What is read or posted into: group.", enums = "group")
  @Metadata(required = true)
  private String kind = "group";

  @UriPath(description = "The group's id.")
  @Metadata(required = true)
  private String groupId;

  @UriParam(
      label = "common",
      description =
          "Account id of the bot in whose name the route reads and posts; a member of the group.")
  @Metadata(required = true)
  private @Nullable String as;

  @UriParam(label = "common", description = "Id of the bot's organisation.")
  @Metadata(required = true)
  private @Nullable String organisation;

  @UriParam(
      label = "common",
      defaultValueNote = "1 for a consumer, 64 for a producer",
      description =
          "Exchanges under way at once, 1 to 1,000. A consumer begins them in the order of the group;"
              + " with 1 each waits until the one before is done.")
  private int inFlight;

  @UriParam(
      label = "producer",
      defaultValue = "1000",
      description =
          "Exchanges that wait for a place beyond inFlight, 0 to 10,000; more fail with a"
              + " RejectedExecutionException.")
  private int waiting = 1_000;

  @UriParam(
      label = "consumer",
      defaultValue = "message",
      description =
          "What is read, with commas between: message, edit, recall, member, group, meeting, caption,"
              + " reminder; or all.")
  private String events = "message";

  @UriParam(
      label = "consumer",
      defaultValue = "json",
      enums = "json,text",
      description =
          "What the body is: the entry as JSON, as in the protocol, or the message's text alone.")
  private Format format = Format.json;

  @UriParam(
      label = "consumer",
      defaultValueNote = "the route's id",
      description =
          "By what the place in the group is kept, 1 to 64 of letters, digits, '.', '_' and '-'.")
  private @Nullable String name;

  @UriParam(
      label = "consumer",
      defaultValue = "false",
      description =
          "Whether a consumer that never was begins with the oldest entry, instead of what comes"
              + " next.")
  private boolean fromBeginning;

  @UriParam(
      label = "consumer",
      defaultValue = "false",
      description =
          "Whether it reads what the bot itself has posted, too. A route that answers into its own"
              + " group would never end.")
  private boolean own;

  PlenaryEndpoint(
      String uri,
      PlenaryComponent component,
      @Nullable Messages messages,
      @Nullable Following following,
      String remaining) {
    super(uri, component);
    this.messages = messages;
    this.following = following;
    if (!remaining.startsWith("group/")) {
      throw new IllegalArgumentException(
          "an endpoint is plenary:group/ID, not plenary:" + remaining);
    }
    this.groupId = remaining.substring("group/".length());
    this.conversation = new ConversationId(groupId);
  }

  public String getKind() {
    return kind;
  }

  public String getGroupId() {
    return groupId;
  }

  public @Nullable String getAs() {
    return as;
  }

  public void setAs(String as) {
    this.as = new AccountId(as).value();
  }

  public @Nullable String getOrganisation() {
    return organisation;
  }

  public void setOrganisation(String organisation) {
    this.organisation = new OrganisationId(organisation).value();
  }

  public int getInFlight() {
    return inFlight == 0 ? 1 : inFlight;
  }

  public void setInFlight(int inFlight) {
    this.inFlight = bounded("inFlight", inFlight, 1, 1_000);
  }

  public int getWaiting() {
    return waiting;
  }

  public void setWaiting(int waiting) {
    this.waiting = bounded("waiting", waiting, 0, 10_000);
  }

  public String getEvents() {
    return events;
  }

  public void setEvents(String events) {
    Event.parse(events);
    this.events = events;
  }

  public Format getFormat() {
    return format;
  }

  public void setFormat(Format format) {
    this.format = format;
  }

  public @Nullable String getName() {
    return name;
  }

  public void setName(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(
          "name must have 1 to 64 of letters, digits, '.', '_' and '-': " + name);
    }
    this.name = name;
  }

  public boolean isFromBeginning() {
    return fromBeginning;
  }

  public void setFromBeginning(boolean fromBeginning) {
    this.fromBeginning = fromBeginning;
  }

  public boolean isOwn() {
    return own;
  }

  public void setOwn(boolean own) {
    this.own = own;
  }

  /** The group. */
  public ConversationId conversation() {
    return conversation;
  }

  Set<Event> events() {
    return EnumSet.copyOf(Event.parse(events));
  }

  /** In whose name; fails where an option is missing. */
  Caller bot() {
    String account = as;
    String home = organisation;
    if (account == null || home == null) {
      throw new IllegalArgumentException("plenary: needs the options 'as' and 'organisation'");
    }
    return new Caller(new AccountId(account), new OrganisationId(home), null, Role.MEMBER, true);
  }

  @Override
  public Producer createProducer() {
    Messages to = messages;
    if (to == null) {
      return new Unused(this);
    }
    return new PlenaryProducer(
        this, to, bot(), conversation, inFlight == 0 ? 64 : inFlight, waiting);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    Following from = following;
    if (from == null) {
      return new DefaultConsumer(this, processor);
    }
    PlenaryConsumer consumer = new PlenaryConsumer(this, processor, from);
    configureConsumer(consumer);
    return consumer;
  }

  /** In a context that only checks routes. */
  private static final class Unused extends DefaultProducer {
    Unused(PlenaryEndpoint endpoint) {
      super(endpoint);
    }

    @Override
    public void process(Exchange exchange) {
      throw new IllegalStateException("this context only checks routes");
    }
  }

  private static int bounded(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
    }
    return value;
  }
}
