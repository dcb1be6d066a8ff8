package chat.plenary.messaging.organisation;

import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Pieces of BSON that entries and rows of organisations have in common. */
final class Bodies {
  private Bodies() {}

  static String text(BsonDocument body, String name) {
    return body.getString(name).getValue();
  }

  static List<String> texts(BsonDocument body, String name) {
    List<String> texts = new ArrayList<>();
    for (BsonValue value : body.getArray(name)) {
      texts.add(value.asString().getValue());
    }
    return texts;
  }

  static BsonArray of(List<String> texts) {
    BsonArray array = new BsonArray();
    texts.forEach(text -> array.add(new BsonString(text)));
    return array;
  }

  static BsonDocument of(Department department) {
    BsonDocument body =
        new BsonDocument("id", new BsonString(department.id()))
            .append("name", new BsonString(department.name()));
    return department.parent() == null
        ? body
        : body.append("parent", new BsonString(department.parent()));
  }

  static Department department(BsonDocument body) {
    return new Department(
        text(body, "id"),
        text(body, "name"),
        body.containsKey("parent") ? text(body, "parent") : null);
  }

  static Change.NewMember member(BsonDocument body) {
    return new Change.NewMember(
        new AccountId(text(body, "id")),
        text(body, "userid"),
        text(body, "name"),
        Role.parse(text(body, "role")),
        body.getBoolean("bot").getValue(),
        texts(body, "departments"));
  }
}
