package chat.plenary.messaging.conversation;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.State;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** A group or direct conversation after one of its entries. Immutable. */
public final class ConversationState implements State {
  private static final int MAX_TARGETS = 256;
  private static final int MAX_RECALLED = 1_024;

  private final ConversationId id;
  private final @Nullable OrganisationId organisation;
  private final String name;
  private final boolean history;
  private final LanguageSettings speaking;
  private final Map<AccountId, Member> members;
  private final int current;
  private final long seq;
  private final long n;
  private final long m;
  private final Map<Long, Target> targets;

  /**
   * What is known of a message that commands are about.
   *
   * @param sender who sent it; null where only its recall is known
   * @param at when, in milliseconds since 1970
   * @param recalled whether it was recalled
   */
  record Target(@Nullable AccountId sender, long at, boolean recalled) {
    /** What is told of something that is not a message: nobody may change it. */
    static final Target NONE = new Target(null, 0, false);
  }

  ConversationState(
      ConversationId id,
      @Nullable OrganisationId organisation,
      String name,
      boolean history,
      LanguageSettings speaking,
      Map<AccountId, Member> members,
      long seq,
      long n,
      long m,
      Map<Long, Target> targets) {
    this.id = id;
    this.organisation = organisation;
    this.name = name;
    this.history = history;
    this.speaking = speaking;
    this.members = members;
    this.current = (int) members.values().stream().filter(Member::current).count();
    this.seq = seq;
    this.n = n;
    this.m = m;
    this.targets = targets;
  }

  /** The numbers moved on, all else the same: what a message does. */
  private ConversationState(ConversationState from, long seq, long n, long m) {
    this.id = from.id;
    this.organisation = from.organisation;
    this.name = from.name;
    this.history = from.history;
    this.speaking = from.speaking;
    this.members = from.members;
    this.current = from.current;
    this.targets = from.targets;
    this.seq = seq;
    this.n = n;
    this.m = m;
  }

  /** Before its first entry. */
  public static ConversationState none(ConversationId id) {
    return new ConversationState(
        id, null, "", false, LanguageSettings.DEFAULT, Map.of(), 0, 0, 0, Map.of());
  }

  public ConversationId id() {
    return id;
  }

  /** Whether the conversation was created. */
  public boolean exists() {
    return organisation != null;
  }

  /** The organisation that it belongs to; null before it was created. */
  public @Nullable OrganisationId organisation() {
    return organisation;
  }

  /** The group's name; empty for a direct conversation. */
  public String name() {
    return name;
  }

  /** Whether new members may see what was before them. */
  public boolean history() {
    return history;
  }

  /** What it speaks, and what may be translated. */
  public LanguageSettings speaking() {
    return speaking;
  }

  /** All members, former ones too. Not to be changed. */
  public Map<AccountId, Member> members() {
    return members;
  }

  /** How many members there are now. */
  public int size() {
    return current;
  }

  /** A present or former member, or null. */
  public @Nullable Member member(AccountId account) {
    return members.get(account);
  }

  /** Whether somebody is a member now. */
  public boolean isMember(AccountId account) {
    Member member = members.get(account);
    return member != null && member.current();
  }

  /**
   * Of a direct conversation, the other one (for a conversation with oneself: oneself); null in
   * groups.
   */
  public @Nullable AccountId other(AccountId account) {
    if (!id.isDirect()) {
      return null;
    }
    return members.keySet().stream().filter(a -> !a.equals(account)).findFirst().orElse(account);
  }

  @Override
  public long seq() {
    return seq;
  }

  @Override
  public long n() {
    return n;
  }

  @Override
  public long m() {
    return m;
  }

  /** What is known of a message, or null where it must be read first. */
  @Nullable Target target(long number) {
    Target target = targets.get(number);
    return target == null || (target.sender() == null && !target.equals(Target.NONE))
        ? null
        : target;
  }

  /** Whether a message is known to be recalled; recalls of long ago may be forgotten here. */
  public boolean isRecalled(long number) {
    Target target = targets.get(number);
    return target != null && target.recalled();
  }

  /** The same with facts about a message; a recall that came meanwhile stays. */
  ConversationState with(long number, Target found) {
    Target known = targets.get(number);
    boolean recalled = found.recalled() || (known != null && known.recalled());
    Target merged =
        found.equals(Target.NONE) ? found : new Target(found.sender(), found.at(), recalled);
    return remember(number, merged, MAX_TARGETS + MAX_RECALLED, seq, n, m);
  }

  /** The state after one more entry. */
  ConversationState after(Entry entry) {
    BsonDocument body = entry.body();
    long s = entry.seq();
    if (body == null) {
      return new ConversationState(this, s, entry.n(), entry.m());
    }
    return switch (entry.kind()) {
      case Kinds.CREATED -> created(entry, body);
      case Kinds.CHANGED -> {
        String newName = Bson.text(body, "name");
        yield new ConversationState(
            id,
            organisation,
            newName == null ? name : newName,
            body.containsKey("history") ? Bson.flag(body, "history") : history,
            speaking.with(body),
            members,
            s,
            entry.n(),
            entry.m(),
            targets);
      }
      case Kinds.MEMBERS -> changedMembers(entry, body);
      case Kinds.RECALLED -> {
        long number = Bson.number(body, "target", 0);
        Target known = targets.get(number);
        Target recalled =
            new Target(known == null ? null : known.sender(), known == null ? 0 : known.at(), true);
        yield remember(number, recalled, MAX_TARGETS + MAX_RECALLED, s, entry.n(), entry.m());
      }
      default -> new ConversationState(this, s, entry.n(), entry.m());
    };
  }

  private ConversationState created(Entry entry, BsonDocument body) {
    Map<AccountId, Member> all = new HashMap<>(members);
    String home = Bson.text(body, "organisation");
    GroupRole creator = id.isDirect() ? GroupRole.MEMBER : GroupRole.OWNER;
    for (String account : Bson.strings(body, "members")) {
      all.putIfAbsent(new AccountId(account), Member.joined(GroupRole.MEMBER, entry.seq(), true));
    }
    Member known = members.get(entry.sender());
    if (known == null) {
      all.put(entry.sender(), Member.joined(creator, entry.seq(), true));
    }
    String newName = Bson.text(body, "name");
    return new ConversationState(
        id,
        home == null ? null : new OrganisationId(home),
        newName == null ? "" : newName,
        Bson.flag(body, "history"),
        speaking,
        all,
        entry.seq(),
        entry.n(),
        entry.m(),
        targets);
  }

  private ConversationState changedMembers(Entry entry, BsonDocument body) {
    Map<AccountId, Member> all = new HashMap<>(members);
    long s = entry.seq();
    for (String text : Bson.strings(body, "remove")) {
      AccountId account = new AccountId(text);
      Member member = all.get(account);
      if (member != null && member.current() && member.seq() < s) {
        all.put(account, member.gone(s));
      }
    }
    for (String text : Bson.strings(body, "add")) {
      AccountId account = new AccountId(text);
      Member member = all.get(account);
      if (member == null) {
        all.put(account, Member.joined(GroupRole.MEMBER, s, history));
      } else if (!member.current() && member.seq() < s) {
        all.put(account, member.back(s, history));
      }
    }
    inherit(all, s);
    return new ConversationState(
        id, organisation, name, history, speaking, all, s, entry.n(), entry.m(), targets);
  }

  /** A group whose owner left is the one's who has been in it longest (then: the smallest id). */
  private void inherit(Map<AccountId, Member> all, long s) {
    if (!id.isGroup()
        || all.values().stream().anyMatch(x -> x.current() && x.role() == GroupRole.OWNER)) {
      return;
    }
    all.entrySet().stream()
        .filter(e -> e.getValue().current())
        .min(
            Comparator.<Map.Entry<AccountId, Member>>comparingLong(e -> e.getValue().since())
                .thenComparing(Map.Entry::getKey))
        .ifPresent(heir -> all.put(heir.getKey(), heir.getValue().with(GroupRole.OWNER, s)));
  }

  private ConversationState remember(
      long number, Target target, int most, long newSeq, long newN, long newM) {
    Map<Long, Target> more = new LinkedHashMap<>(targets);
    more.remove(number);
    more.put(number, target);
    var oldest = more.keySet().iterator();
    while (more.size() > most) {
      oldest.next();
      oldest.remove();
    }
    return new ConversationState(
        id, organisation, name, history, speaking, members, newSeq, newN, newM, more);
  }
}
