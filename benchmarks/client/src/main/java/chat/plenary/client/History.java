package chat.plenary.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * A page of a conversation's history, lowest number first.
 *
 * @param head the newest entry that the caller may see
 * @param from the first one
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record History(List<Entry> entries, Conversation.Place head, long from) {}
