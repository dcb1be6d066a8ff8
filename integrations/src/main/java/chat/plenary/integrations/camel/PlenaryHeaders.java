package chat.plenary.integrations.camel;

import org.apache.camel.spi.Metadata;

/** Names of exchange headers that the {@code plenary:} component reads and sets. */
public final class PlenaryHeaders {
  @Metadata(
      label = "producer",
      javaType = "String",
      description = "The ref of the post, 1 to 64 bytes; the exchange's id where it is not set.")
  public static final String REF = "PlenaryRef";

  @Metadata(
      label = "producer",
      javaType = "Long",
      description = "The seq of the message to replace; a new message where it is not set.")
  public static final String TARGET = "PlenaryTarget";

  @Metadata(
      label = "common",
      javaType = "Long",
      description = "Set by a consumer: the entry's seq. Set after a post: the new entry's.")
  public static final String SEQ = "PlenarySeq";

  @Metadata(label = "consumer", javaType = "String", description = "The conversation's id.")
  public static final String CONVERSATION = "PlenaryConversation";

  @Metadata(
      label = "consumer",
      javaType = "String",
      description = "Which event it is, such as message or edit.")
  public static final String EVENT = "PlenaryEvent";

  @Metadata(
      label = "consumer",
      javaType = "String",
      description = "The entry's kind in the log, such as message.posted.")
  public static final String KIND = "PlenaryKind";

  @Metadata(
      label = "consumer",
      javaType = "String",
      description = "The type of the message's body, such as text; absent where there is none.")
  public static final String TYPE = "PlenaryType";

  @Metadata(
      label = "consumer",
      javaType = "String",
      description = "The account id of who appended the entry.")
  public static final String SENDER = "PlenarySender";

  @Metadata(
      label = "consumer",
      javaType = "String",
      description = "The sender's name; absent for accounts of other organisations.")
  public static final String SENDER_NAME = "PlenarySenderName";

  @Metadata(
      label = "consumer",
      javaType = "String",
      description = "When the entry was numbered, as in RFC 3339.")
  public static final String AT = "PlenaryAt";

  @Metadata(
      label = "consumer",
      javaType = "Long",
      description = "The seq of the message that an edit or a recall is about.")
  public static final String OF = "PlenaryOf";

  @Metadata(
      label = "consumer",
      javaType = "String",
      description = "The id of the meeting that a card, a caption or a reminder is about.")
  public static final String MEETING = "PlenaryMeeting";

  private PlenaryHeaders() {}
}
