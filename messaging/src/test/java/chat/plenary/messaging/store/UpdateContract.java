package chat.plenary.messaging.store;

import static chat.plenary.messaging.store.StoreUnderTest.await;
import static chat.plenary.messaging.store.StoreUnderTest.bson;
import static chat.plenary.messaging.store.StoreUnderTest.doc;
import static chat.plenary.messaging.store.StoreUnderTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/** Updates, one and many. */
interface UpdateContract extends StoreUnderTest {
  @Test
  default void everyOperatorWorksOnTopLevelFields() {
    insert(doc("a", "keep", "k", "set", "old", "unset", 1, "inc", 5, "max", 5, "low", 9));
    assertThat(
            update(
                Update.of("a")
                    .set("set", "new")
                    .set("added", 3)
                    .unset("unset")
                    .unset("neverThere")
                    .inc("inc", 2)
                    .inc("counter", -4)
                    .max("max", 6)
                    .max("low", 8)
                    .max("fresh", 1)))
        .isTrue();
    assertFields(
        get("a"), "keep", "k", "set", "new", "added", 3L, "inc", 7L, "counter", -4L, "max", 6L,
        "low", 9L, "fresh", 1L);
    assertThat(get("a")).doesNotContainKeys("unset", "neverThere").hasSize(9);
  }

  @Test
  default void everyOperatorWorksOnDottedPaths() {
    insert(
        doc(
            "a",
            "in",
            new BsonDocument("set", new BsonString("old"))
                .append("unset", new BsonInt32(1))
                .append("inc", new BsonInt32(1))
                .append("max", new BsonInt32(1))));
    assertThat(
            update(
                Update.of("a")
                    .expect("in.set", "old")
                    .set("in.set", "new")
                    .unset("in.unset")
                    .unset("nowhere.at.all")
                    .inc("in.inc", 1)
                    .max("in.max", 2)
                    .set("made.on.theway", 5)
                    .inc("counts.x", 1)))
        .isTrue();
    var found = get("a");
    assertFields(found.getDocument("in"), "set", "new", "inc", 2L, "max", 2L);
    assertThat(found.getDocument("in")).hasSize(3);
    assertFields(found.getDocument("made").getDocument("on"), "theway", 5L);
    assertFields(found.getDocument("counts"), "x", 1L);
    assertThat(found).doesNotContainKey("nowhere");
  }

  @Test
  default void anUpdateMatchesOnlyWhereItsPreconditionsHold() {
    var document = doc("a", "text", "x", "int", 5, "long", 6L, "null", null);
    document.put("at", new BsonDateTime(9));
    document.put("bytes", new BsonBinary(new byte[] {1}));
    document.put("in", new BsonDocument("y", new BsonInt32(1)));
    insert(document);
    assertMatches("text", bson("x"), true);
    assertMatches("text", bson("X"), false);
    assertMatches("text", bson(5), false);
    assertMatches("int", bson(5L), true);
    assertMatches("long", bson(6), true);
    assertMatches("long", bson(7), false);
    assertMatches("at", new BsonDateTime(9), true);
    assertMatches("at", bson(9L), false);
    assertMatches("bytes", new BsonBinary(new byte[] {1}), true);
    assertMatches("bytes", new BsonBinary(new byte[] {2}), false);
    assertMatches("in.y", bson(1L), true);
    assertMatches("in.y", bson(2L), false);
    assertMatches("in.z", BsonNull.VALUE, true);
    assertMatches("null", BsonNull.VALUE, true);
    assertMatches("missing", BsonNull.VALUE, true);
    assertMatches("missing.deeper", BsonNull.VALUE, true);
    assertMatches("text", BsonNull.VALUE, false);
    assertMatches("missing", bson("x"), false);
    assertMatches("_id", bson("a"), true);
    assertMatches("_id", bson("b"), false);
  }

  private void assertMatches(String field, BsonValue expected, boolean matches) {
    var before = get("a").containsKey("n") ? get("a").getNumber("n").longValue() : 0;
    assertThat(update(Update.of("a").expect(field, expected).inc("n", 1)))
        .as("%s = %s", field, expected)
        .isEqualTo(matches);
    var after = get("a").containsKey("n") ? get("a").getNumber("n").longValue() : 0;
    assertThat(after).isEqualTo(matches ? before + 1 : before);
  }

  @Test
  default void allPreconditionsMustHoldTogether() {
    insert(doc("a", "x", 1, "y", 2));
    assertThat(update(Update.of("a").expect("x", 1).expect("y", 3).set("z", 1))).isFalse();
    assertThat(update(Update.of("a").expect("x", 1).expect("y", 2).set("z", 1))).isTrue();
  }

  @Test
  default void anUpdateThatChangesNothingStillMatches() {
    insert(doc("a", "x", 1L));
    assertThat(update(Update.of("a").set("x", 1L))).isTrue();
    assertThat(update(Update.of("a").expect("x", 1L).max("x", 1L))).isTrue();
    assertThat(update(Update.of("a").expect("x", 2L))).isFalse();
    assertThat(update(Update.of("a"))).isTrue();
    assertThat(update(Update.of("missing"))).isFalse();
    assertThat(get("a")).isEqualTo(doc("a", "x", 1L));
  }

  @Test
  default void anUpdateNeverCreatesADocument() {
    assertThat(update(Update.of("a").expect("x", BsonNull.VALUE).set("x", 1))).isFalse();
    assertThat(get("a")).isNull();
  }

  @Test
  default void valuesOfAnyTypeCanBeSet() {
    insert(doc("a"));
    update(Update.of("a").set("null", BsonNull.VALUE).set("in", new BsonDocument("x", bson(1))));
    assertThat(get("a"))
        .isEqualTo(doc("a", "null", null, "in", new BsonDocument("x", new BsonInt32(1))));
  }

  @Test
  default void maxRaisesAcrossTypesInThePortsOrder() {
    insert(doc("a", "n", null, "s", "text", "at", new BsonDateTime(5)));
    update(Update.of("a").max("n", 3).max("s", 3).max("at", new BsonDateTime(6)));
    assertFields(get("a"), "n", 3L, "s", "text");
    assertThat(get("a").getDateTime("at").getValue()).isEqualTo(6);
  }

  @Test
  default void aCounterGoesOnBeyondThirtyTwoBits() {
    insert(doc("a", "n", Integer.MAX_VALUE));
    update(Update.of("a").inc("n", 1));
    assertFields(get("a"), "n", Integer.MAX_VALUE + 1L);
  }

  @Test
  default void aChangeThatTheDocumentDoesNotBearChangesNothing() {
    var document = doc("a", "text", "x", "null", null, "big", Long.MAX_VALUE, "ok", 1);
    insert(document);
    for (var update :
        List.of(
            Update.of("a").set("ok", 2).inc("text", 1),
            Update.of("a").set("ok", 2).inc("null", 1),
            Update.of("a").set("ok", 2).inc("big", 1),
            Update.of("a").set("ok", 2).set("text.deeper", 1))) {
      assertThat(failure(store().update(collection(), update)).kind())
          .as("%s", update)
          .isIn(Kind.REFUSED, Kind.UNKNOWN);
      assertThat(get("a")).isEqualTo(document);
    }
  }

  @Test
  default void malformedUpdatesAreRefused() {
    insert(doc("a", "x", 1));
    for (var update :
        List.of(
            Update.of("a").set("_id", "b"),
            Update.of("a").set("x", 1).inc("x", 1),
            Update.of("a").set("in.x", 1).set("in", new BsonDocument()),
            Update.of("a").set("$x", 1),
            Update.of("a").set("", 1),
            Update.of("a").set("x..y", 1),
            Update.of("a").max("x", new BsonDocument()),
            Update.of("a").expect("x", new BsonDocument()).set("y", 1))) {
      assertThat(failure(store().update(collection(), update)).kind())
          .as("%s", update)
          .isEqualTo(Kind.REFUSED);
    }
    assertThat(get("a")).isEqualTo(doc("a", "x", 1));
  }

  @Test
  default void indexesFollowUpdates() {
    indexed("c", "seq");
    unique("u");
    insert(doc("a", "c", "x", "seq", 1, "u", 1), doc("b", "c", "x", "seq", 2, "u", 2));
    update(Update.of("a").set("seq", 3).set("u", 5));
    update(Update.of("b").unset("c"));
    assertThat(found(Query.in(collection(), "seq").where("c", "x"))).containsExactly("a");
    assertThat(found(Query.in(collection(), "seq").where("c", BsonNull.VALUE)))
        .containsExactly("b");
    insert(doc("c", "u", 1));
    assertThat(failure(store().update(collection(), Update.of("c").inc("u", 1))).kind())
        .isEqualTo(Kind.DUPLICATE);
    assertThat(found(Query.in(collection(), "u"))).containsExactly("c", "b", "a");
    assertThat(get("c")).isEqualTo(doc("c", "u", 1));
  }

  @Test
  default void manyUpdatesAreEachAtomicAndThoseThatMatchAreCounted() {
    var updates = new ArrayList<Update>();
    var documents = new ArrayList<BsonDocument>();
    for (int i = 0; i < 100; i++) {
      documents.add(doc("id" + i, "n", i));
      updates.add(Update.of("id" + i).expect("n", i % 2 == 0 ? i : -1).inc("n", 1_000));
      updates.add(Update.of("none" + i).inc("n", 1));
    }
    insert(documents.toArray(BsonDocument[]::new));
    assertThat(await(store().updateAll(collection(), updates))).isEqualTo(50);
    assertFields(get("id10"), "n", 1_010L);
    assertFields(get("id11"), "n", 11L);
    assertThat(get("none1")).isNull();
    assertThat(await(store().updateAll(collection(), List.of()))).isZero();
  }

  @Test
  default void manyUpdatesMayMeetInOneDocument() {
    insert(doc("a", "n", 0));
    var updates = Collections.nCopies(50, Update.of("a").inc("n", 1));
    assertThat(await(store().updateAll(collection(), updates))).isEqualTo(50);
    assertFields(get("a"), "n", 50L);
  }

  @Test
  default void tooManyUpdatesAtOnceAreRefused() {
    insert(doc("a", "n", 0));
    var updates = Collections.nCopies(1_001, Update.of("a").inc("n", 1));
    assertThat(failure(store().updateAll(collection(), updates)).kind()).isEqualTo(Kind.REFUSED);
    assertFields(get("a"), "n", 0L);
  }

  private boolean update(Update update) {
    return await(store().update(collection(), update));
  }

  /** Compares numbers by value: servers may answer an int64 with an int32. */
  private static void assertFields(BsonDocument document, Object... fields) {
    for (int i = 0; i < fields.length; i += 2) {
      var name = (String) fields[i];
      var value = document.get(name);
      if (fields[i + 1] instanceof Long number) {
        assertThat(value.asNumber().longValue()).as(name).isEqualTo(number);
      } else {
        assertThat(value).as(name).isEqualTo(bson(fields[i + 1]));
      }
    }
  }
}
