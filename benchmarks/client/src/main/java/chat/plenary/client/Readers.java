package chat.plenary.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who has read a message and who has not, without its sender; a page of their accounts. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Readers(long read, long unread, List<String> accounts, @Nullable String next) {}
