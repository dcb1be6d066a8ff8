package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Revoked;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.OrganisationId;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What an entry of an organisation's log does to it. */
sealed interface Change {
  /** Members in one entry, at the most. */
  int MOST = 500;

  /** The organisation begins, with its first owner. */
  record Created(String name, NewMember owner) implements Change {
    static final String KIND = "organisation.created";

    @Override
    public BsonDocument body() {
      return new BsonDocument("name", new BsonString(name)).append("owner", owner.body());
    }
  }

  /** It has another name. */
  record Renamed(String name) implements Change {
    static final String KIND = "organisation.changed";

    @Override
    public BsonDocument body() {
      return new BsonDocument("name", new BsonString(name));
    }
  }

  /**
   * What is said is kept for another time.
   *
   * @param days 1 to {@value #MOST_DAYS}; 0 keeps it for ever
   */
  record RetentionChanged(int days) implements Change {
    static final String KIND = "retention.changed";
    static final int MOST_DAYS = 3_650;

    public RetentionChanged {
      if (days < 0 || days > MOST_DAYS) {
        throw new IllegalArgumentException("days");
      }
    }

    @Override
    public BsonDocument body() {
      return new BsonDocument("days", new BsonInt32(days));
    }
  }

  /**
   * A department was made, changed or removed.
   *
   * @param removed whether it is no more
   */
  record DepartmentChanged(Department department, boolean removed) implements Change {
    static final String KIND = "department.changed";

    @Override
    public BsonDocument body() {
      return Bodies.of(department).append("removed", BsonBoolean.valueOf(removed));
    }
  }

  /** Accounts that are new. */
  record Added(List<NewMember> members) implements Change {
    static final String KIND = "members.added";

    @Override
    public BsonDocument body() {
      BsonArray list = new BsonArray();
      members.forEach(member -> list.add(member.body()));
      return new BsonDocument("members", list);
    }
  }

  /** One account is different; what is null stays as it was. */
  record MemberChanged(
      AccountId account,
      @Nullable String name,
      @Nullable Role role,
      @Nullable Boolean disabled,
      @Nullable List<String> departments)
      implements Change {
    static final String KIND = "member.changed";

    @Override
    public BsonDocument body() {
      BsonDocument body = new BsonDocument("account", new BsonString(account.value()));
      if (name != null) {
        body.append("name", new BsonString(name));
      }
      if (role != null) {
        body.append("role", new BsonString(role.text()));
      }
      if (disabled != null) {
        body.append("disabled", BsonBoolean.valueOf(disabled));
      }
      if (departments != null) {
        body.append("departments", Bodies.of(departments));
      }
      return body;
    }

    /** The account as it is after the entry with this number. */
    Account changed(Account before, long seq) {
      boolean nowDisabled = disabled == null ? before.disabled() : disabled;
      return new Account(
          before.id(),
          before.userid(),
          name == null ? before.name() : name,
          role == null ? before.role() : role,
          before.bot(),
          nowDisabled,
          departments == null ? before.departments() : departments,
          // Who is enabled again signs in anew.
          nowDisabled && !before.disabled() ? seq : before.signedOut(),
          seq);
    }
  }

  /** One account is gone. */
  record Removed(AccountId account) implements Change {
    static final String KIND = "member.removed";

    @Override
    public BsonDocument body() {
      return new BsonDocument("account", new BsonString(account.value()));
    }
  }

  /** One session, or all of an account, are over. */
  record SessionsRevoked(Revoked revoked) implements Change {
    @Override
    public BsonDocument body() {
      return revoked.body();
    }
  }

  /**
   * An account to be.
   *
   * @param departments ids of departments
   */
  record NewMember(
      AccountId id, String userid, String name, Role role, boolean bot, List<String> departments) {
    BsonDocument body() {
      return new BsonDocument("id", new BsonString(id.value()))
          .append("userid", new BsonString(userid))
          .append("name", new BsonString(name))
          .append("role", new BsonString(role.text()))
          .append("bot", BsonBoolean.valueOf(bot))
          .append("departments", Bodies.of(departments));
    }

    Account account(long seq) {
      return new Account(id, userid, name, role, bot, false, departments, 0, seq);
    }
  }

  /** The body of its entry. */
  BsonDocument body();

  /**
   * Reads an entry's body.
   *
   * @return null where this version does not know the kind or its version
   * @throws RuntimeException where the body is not of its kind
   */
  static @Nullable Change read(
      OrganisationId organisation, String kind, int version, @Nullable BsonDocument body) {
    if (version != 1 || body == null) {
      return null;
    }
    return switch (kind) {
      case Created.KIND ->
          new Created(Bodies.text(body, "name"), Bodies.member(body.getDocument("owner")));
      case Renamed.KIND -> new Renamed(Bodies.text(body, "name"));
      case RetentionChanged.KIND -> new RetentionChanged(body.getNumber("days").intValue());
      case DepartmentChanged.KIND ->
          new DepartmentChanged(Bodies.department(body), body.getBoolean("removed").getValue());
      case Added.KIND -> {
        List<NewMember> members = new ArrayList<>();
        for (BsonValue member : body.getArray("members")) {
          members.add(Bodies.member(member.asDocument()));
        }
        yield new Added(members);
      }
      case MemberChanged.KIND ->
          new MemberChanged(
              new AccountId(Bodies.text(body, "account")),
              body.containsKey("name") ? Bodies.text(body, "name") : null,
              body.containsKey("role") ? Role.parse(Bodies.text(body, "role")) : null,
              body.containsKey("disabled") ? body.getBoolean("disabled").getValue() : null,
              body.containsKey("departments") ? Bodies.texts(body, "departments") : null);
      case Removed.KIND -> new Removed(new AccountId(Bodies.text(body, "account")));
      case Revoked.KIND -> new SessionsRevoked(Revoked.read(organisation, body));
      default -> null;
    };
  }
}
