package chat.plenary.integrations.camel;

import chat.plenary.messaging.Chat;
import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.message.EntryView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a bot may see of a group now. It reads as the bot reads: nothing from before it was let in
 * (save where the group shows its history), nothing while it is no member, nothing where it is
 * disabled or of another organisation than was said. A consumer that nobody sees among the members
 * does not exist.
 */
final class Sight {
  private static final int PAGE = 100;

  private final Chat chat;
  private final Caller bot;
  private final ConversationId conversation;

  Sight(Chat chat, Caller bot, ConversationId conversation) {
    this.chat = chat;
    this.bot = bot;
    this.conversation = conversation;
  }

  /**
   * Something seen.
   *
   * @param entry the entry, as it stands in the log: a repetition must be the same, so it is not
   *     overlaid with what happened to it since
   * @param senderName the sender's name, or null where the sender is of another organisation
   */
  record Seen(EntryView entry, @Nullable String senderName) {}

  /**
   * A part of what there is.
   *
   * @param entries in order
   * @param upTo the seq up to which nothing that may be seen is missing
   */
  record Part(List<Seen> entries, long upTo) {}

  /** The newest entry's number. */
  Future<Long> newest() {
    return view().map(Access.View::upTo);
  }

  /** What comes next after an entry. */
  Future<Part> after(long seq) {
    return view()
        .compose(
            view -> {
              long last = Math.min(view.upTo(), seq + PAGE);
              return last <= seq
                  ? Future.succeededFuture(new Part(List.of(), seq))
                  : read(view, seq + 1, last);
            });
  }

  /** One entry; fails as gone where it was recalled, and as not found where it may not be seen. */
  Future<Seen> one(long seq) {
    return view()
        .compose(view -> read(view, seq, seq))
        .map(
            part -> {
              if (part.entries().isEmpty()) {
                throw Fault.notFound("entry");
              }
              Seen seen = part.entries().get(0);
              if (seen.entry().recall() != null
                  || Event.of(bot.organisation(), seen.entry().entry()) == null) {
                throw Fault.of(Fault.Code.GONE, "The message was recalled.");
              }
              return seen;
            });
  }

  private Future<Access.View> view() {
    return chat.organisations()
        .accounts(bot, List.of(bot.account()))
        .compose(
            found -> {
              if (found.stream().noneMatch(one -> one.bot() && !one.disabled())) {
                throw Fault.of(
                    Fault.Code.FORBIDDEN, "as", "This is not a bot at work of the organisation.");
              }
              return chat.access().view(bot, conversation);
            });
  }

  private Future<Part> read(Access.View view, long first, long last) {
    return chat.history()
        .between(view, first, last, PAGE)
        .compose(
            entries -> {
              List<AccountId> senders =
                  entries.stream().map(one -> one.entry().sender()).distinct().toList();
              return chat.organisations()
                  .accounts(bot, senders)
                  .map(accounts -> new Part(named(entries, accounts), last));
            });
  }

  private static List<Seen> named(List<EntryView> entries, List<Account> accounts) {
    Map<AccountId, String> names = new HashMap<>();
    accounts.forEach(account -> names.put(account.id(), account.name()));
    List<Seen> seen = new ArrayList<>();
    for (EntryView one : entries) {
      seen.add(new Seen(one, names.get(one.entry().sender())));
    }
    return seen;
  }
}
