package chat.plenary.messaging.delivery;

import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.conversation.Member;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who of an event loop's sessions hears of what. Used on that event loop only. */
final class Audiences {
  private static final int MAX_KNOWN = 1_000;

  private final Map<AccountId, List<LiveSession>> accounts = new LinkedHashMap<>();
  private final Map<ConversationId, Audience> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationId, Audience> eldest) {
          return size() > MAX_KNOWN;
        }
      };

  /** The sessions of the present members of a conversation, while neither side changes. */
  private record Audience(Map<AccountId, Member> members, List<LiveSession> sessions) {}

  void add(LiveSession session) {
    accounts.computeIfAbsent(session.caller.account(), a -> new ArrayList<>()).add(session);
    known.clear();
  }

  void remove(LiveSession session) {
    List<LiveSession> all = accounts.get(session.caller.account());
    if (all != null && all.remove(session)) {
      if (all.isEmpty()) {
        accounts.remove(session.caller.account());
      }
      known.clear();
    }
  }

  /** Does something with each session of an account. */
  void each(AccountId account, Consumer<LiveSession> what) {
    List.copyOf(accounts.getOrDefault(account, List.of())).forEach(what);
  }

  /** Does something with every session, also where that adds or removes some. */
  void all(Consumer<LiveSession> what) {
    List<LiveSession> everybody = new ArrayList<>();
    accounts.values().forEach(everybody::addAll);
    everybody.forEach(what);
  }

  /**
   * Who hears of an entry; the same list while nothing changes. The state may be newer than the
   * entry: the intervals that a member may see tell of any number, those of a removed one end with
   * the removal.
   */
  List<LiveSession> of(News news) {
    ConversationState state = news.state;
    if (state.seq() != news.entry.seq() || news.entry.kind().equals(Kinds.MEMBERS)) {
      return sessions(state, member -> member.sees(news.entry.seq()));
    }
    Audience before = known.get(state.id());
    if (before == null || before.members() != state.members()) {
      before = new Audience(state.members(), present(state));
      known.put(state.id(), before);
    }
    return before.sessions();
  }

  /** The sessions of the present members. */
  List<LiveSession> present(ConversationState state) {
    return sessions(state, Member::current);
  }

  private List<LiveSession> sessions(ConversationState state, Predicate<Member> who) {
    List<LiveSession> found = new ArrayList<>();
    if (accounts.size() < state.members().size()) {
      accounts.forEach((account, all) -> add(state.member(account), all, who, found));
    } else {
      state
          .members()
          .forEach(
              (account, member) ->
                  add(member, accounts.getOrDefault(account, List.of()), who, found));
    }
    return found;
  }

  private static void add(
      @Nullable Member member,
      List<LiveSession> sessions,
      Predicate<Member> who,
      List<LiveSession> found) {
    if (member != null && who.test(member)) {
      found.addAll(sessions);
    }
  }
}
