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
import java.util.Random;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

/** Find: order, ranges, lists of values, pages. */
interface FindContract extends StoreUnderTest {
  @Test
  default void rangesOfAnIndexRunBothWaysWithEitherBoundAndALimit() {
    indexed("c", "seq");
    for (long i = 1; i <= 9; i++) {
      insert(doc("x" + (10 - i), "c", "red", "seq", i), doc("y" + i, "c", "redder", "seq", i));
    }
    var red = Query.in(collection(), "seq").where("c", "red");
    assertThat(found(red)).containsExactly("x9", "x8", "x7", "x6", "x5", "x4", "x3", "x2", "x1");
    assertThat(found(red.after(new BsonInt64(6)))).containsExactly("x3", "x2", "x1");
    assertThat(found(red.from(new BsonInt64(6)))).containsExactly("x4", "x3", "x2", "x1");
    assertThat(found(red.before(new BsonInt64(3)))).containsExactly("x9", "x8");
    assertThat(found(red.upTo(new BsonInt64(3)))).containsExactly("x9", "x8", "x7");
    assertThat(found(red.after(new BsonInt64(2)).upTo(new BsonInt64(4))))
        .containsExactly("x7", "x6");
    assertThat(found(red.limit(2))).containsExactly("x9", "x8");
    assertThat(found(red.reversed().limit(2))).containsExactly("x1", "x2");
    assertThat(found(red.reversed().before(new BsonInt64(6)).limit(2))).containsExactly("x5", "x6");
    assertThat(found(red.reversed().upTo(new BsonInt64(6)).limit(2))).containsExactly("x4", "x5");
    assertThat(found(red.reversed().after(new BsonInt64(7)))).containsExactly("x1", "x2");
    assertThat(found(red.reversed().from(new BsonInt64(7)))).containsExactly("x1", "x2", "x3");
    assertThat(found(red.after(new BsonInt64(9)))).isEmpty();
    assertThat(found(red.after(new BsonInt64(5)).before(new BsonInt64(5)))).isEmpty();
    assertThat(found(red.from(new BsonInt64(7)).upTo(new BsonInt64(3)))).isEmpty();
    assertThat(found(Query.in(collection(), "seq").where("c", "re"))).isEmpty();
  }

  @Test
  default void rangesOfIdsRunBothWays() {
    insert(doc("a/1"), doc("a/2"), doc("a/3"), doc("b/1"));
    var all = Query.in(collection(), "_id");
    assertThat(found(all.from(new BsonString("a/")).before(new BsonString("a0"))))
        .containsExactly("a/1", "a/2", "a/3");
    assertThat(found(all.after(new BsonString("a/1")).limit(2))).containsExactly("a/2", "a/3");
    assertThat(found(all.reversed().before(new BsonString("b/1")).limit(2)))
        .containsExactly("a/3", "a/2");
    assertThat(found(all.reversed().limit(1))).containsExactly("b/1");
    assertThat(found(all.anyOf(List.of(bson("b/1"), bson("a/2"), bson("none")))))
        .containsExactly("a/2", "b/1");
  }

  @Test
  default void valuesOfAllTypesSortInTheOrderThatThePortNames() {
    indexed("v");
    var values = valuesInOrder();
    var shuffled = new ArrayList<BsonDocument>();
    var expected = new ArrayList<String>();
    for (int i = 0; i < values.size(); i++) {
      expected.add("v%02d".formatted(i));
      shuffled.add(doc(expected.get(i), "v", values.get(i)));
    }
    Collections.shuffle(shuffled, new Random(7));
    insert(shuffled.toArray(BsonDocument[]::new));
    assertThat(found(Query.in(collection(), "v"))).isEqualTo(expected);
    var descending = new ArrayList<>(expected);
    Collections.reverse(descending);
    assertThat(found(Query.in(collection(), "v").reversed())).isEqualTo(descending);
    for (int i = 0; i < values.size(); i++) {
      assertThat(found(Query.in(collection(), "v").from(values.get(i)).upTo(values.get(i))))
          .as("equal to %s", values.get(i))
          .containsExactly(expected.get(i));
    }
  }

  private static List<BsonValue> valuesInOrder() {
    return List.of(
        BsonNull.VALUE,
        new BsonInt64(Long.MIN_VALUE),
        new BsonInt32(Integer.MIN_VALUE),
        new BsonInt64(-1),
        new BsonInt32(0),
        new BsonInt64(1),
        new BsonInt32(255),
        new BsonInt64(256),
        new BsonInt64(Long.MAX_VALUE),
        new BsonString(""),
        new BsonString("A"),
        new BsonString("a"),
        new BsonString("a "),
        new BsonString("aa"),
        new BsonString("b"),
        new BsonString("é"),
        new BsonString("一"),
        new BsonBinary(new byte[] {}),
        new BsonBinary(new byte[] {(byte) 0xff}),
        new BsonBinary(new byte[] {0, 0}),
        new BsonBinary(new byte[] {0, 1}),
        new BsonBinary(new byte[] {(byte) 0x80, 0}),
        BsonBoolean.FALSE,
        BsonBoolean.TRUE,
        new BsonDateTime(-1),
        new BsonDateTime(0),
        new BsonDateTime(1_700_000_000_000L));
  }

  @Test
  default void stringsSortByTheirBytesBeyondTheBasicPlaneToo() {
    indexed("v");
    insert(doc("a", "v", "\uD83D\uDE00"), doc("b", "v", "\uFF5E"));
    assertThat(found(Query.in(collection(), "v"))).containsExactly("b", "a");
  }

  @Test
  default void aBoundedRangeHoldsValuesOfTheBoundsTypeOnly() {
    indexed("v");
    insert(doc("missing"), doc("null", "v", null), doc("one", "v", 1), doc("text", "v", "1"));
    var all = Query.in(collection(), "v");
    assertThat(found(all.from(bson(0)))).containsExactly("one");
    assertThat(found(all.before(bson("9")))).containsExactly("text");
    assertThat(found(all.after(bson("")))).containsExactly("text");
    assertThat(found(all.before(bson(9)).reversed())).containsExactly("one");
    assertThat(failure(store().find(all.from(bson(0)).upTo(bson("9")))).kind())
        .isEqualTo(Kind.REFUSED);
  }

  @Test
  default void thirtyTwoAndSixtyFourBitsAreOneNumber() {
    unique("n");
    insert(doc("a", "n", 5), doc("b", "n", 6L));
    assertThat(failure(store().insert(collection(), List.of(doc("c", "n", 5L)))).kind())
        .isEqualTo(Kind.DUPLICATE);
    assertThat(failure(store().insert(collection(), List.of(doc("c", "n", 6)))).kind())
        .isEqualTo(Kind.DUPLICATE);
    assertThat(found(Query.in(collection(), "n").from(bson(5L)).upTo(bson(6))))
        .containsExactly("a", "b");
    assertThat(found(Query.in(collection(), "n").anyOf(List.of(bson(6), bson(5L)))))
        .containsExactly("a", "b");
  }

  @Test
  default void listsOfValuesAreAnsweredInTheIndexsOrderEachDocumentOnce() {
    indexed("c", "state", "seq");
    insert(
        doc("a", "c", "x", "state", "done", "seq", 2),
        doc("b", "c", "x", "state", "done", "seq", 1),
        doc("c", "c", "x", "state", "new", "seq", 1),
        doc("d", "c", "x", "seq", 1),
        doc("e", "c", "y", "state", "new", "seq", 1));
    var query = Query.in(collection(), "state").where("c", "x");
    var both = query.anyOf(List.of(bson("new"), bson("none"), bson("done"), bson("new")));
    assertThat(found(both)).hasSize(3).endsWith("c").contains("a", "b");
    assertThat(found(both.reversed())).hasSize(3).startsWith("c");
    assertThat(found(both.reversed().limit(1))).containsExactly("c");
    assertThat(found(query.anyOf(List.of(bson("new"), BsonNull.VALUE)))).containsExactly("d", "c");
    assertThat(found(query.anyOf(List.of()))).isEmpty();
  }

  @Test
  default void nullFindsMissingFieldsToo() {
    indexed("c", "seq");
    insert(doc("a", "seq", 2), doc("b", "c", null, "seq", 1), doc("c", "c", "x", "seq", 0));
    assertThat(found(Query.in(collection(), "seq").where("c", BsonNull.VALUE)))
        .containsExactly("b", "a");
  }

  @Test
  default void pagesFollowEachOtherWithoutGapOrRepetition() {
    indexed("seq");
    for (int run = 0; run < 5; run++) {
      var documents = new ArrayList<BsonDocument>();
      for (int i = 0; i < 100; i++) {
        documents.add(doc("id" + (run * 100 + i), "seq", (long) run * 100 + i));
      }
      insert(documents.toArray(BsonDocument[]::new));
    }
    var seen = new ArrayList<Long>();
    var query = Query.in(collection(), "seq").limit(37);
    for (var page = await(store().find(query)); !page.isEmpty(); ) {
      page.forEach(document -> seen.add(document.getNumber("seq").longValue()));
      page = await(store().find(query.after(new BsonInt64(seen.get(seen.size() - 1)))));
    }
    assertThat(seen).hasSize(500).isSorted().doesNotHaveDuplicates();
  }

  @Test
  default void malformedQueriesAreRefused() {
    indexed("c", "seq");
    var name = collection();
    for (var query :
        List.of(
            Query.in(name, "_id").where("c", "x"),
            Query.in(name, "seq").where("c", "x").where("seq", 1),
            Query.in(name, "seq").where("c", new BsonDouble(1)),
            Query.in(name, "c").from(new BsonDocument()),
            Query.in(name, "c").anyOf(Collections.nCopies(Store.MAX_FOUND + 1, bson(1))),
            Query.in("not a name", "c"))) {
      assertThat(failure(store().find(query)).kind()).as("%s", query).isEqualTo(Kind.REFUSED);
    }
  }
}
