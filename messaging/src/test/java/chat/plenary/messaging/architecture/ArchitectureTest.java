package chat.plenary.messaging.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules on the chat core, and each rule on a planted package that breaks it once. */
class ArchitectureTest {
  private static final String PLANTED = "chat.plenary.messaging.architecture.planted";

  @TestFactory
  Stream<DynamicTest> theChatCoreKeepsEveryRule() {
    JavaClasses core =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("chat.plenary");
    return Rules.of("chat.plenary").entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(core)));
  }

  /** Rules by the planted package that breaks each, and what is to be reported of it. */
  private static final Map<String, String[]> BROKEN =
      Map.ofEntries(
          broken("no cycles", "cycle", "Cycle detected"),
          broken("mongodb only where named", "mongodb", "com.mongodb.MongoException"),
          broken("rocksdb only where named", "rocksdb", "org.rocksdb.RocksDBException"),
          broken(
              "hazelcast only where named", "hazelcast", "com.hazelcast.core.HazelcastException"),
          broken("jjwt only where named", "jjwt", "io.jsonwebtoken.JwtException"),
          broken("vertx-web only where named", "web", "io.vertx.ext.web.Router"),
          broken("in-memory server only where named", "memory", "de.bwaldvogel.mongo.MongoServer"),
          broken("no mutable statics", "statics", "count can change"),
          broken("time comes from a clock", "time", "java.time.Instant.now()"),
          broken("nothing waits", "waiting", "io.vertx.core.Future.await()"),
          broken("messaging knows none above it", "upwards", "bots.Bot"),
          broken("bots knows none above it", "sideways", "integrations.Route"),
          broken("integrations knows none above it", "otherways", "bots.Bot"),
          broken("simulator knows none above it", "together", "integrations.Signature"),
          broken("messaging.log knows none above it", "log", "messaging.message.Message"),
          broken("messaging.store knows none above it", "store", "messaging.log.Entry"));

  private static Map.Entry<String, String[]> broken(String rule, String folder, String report) {
    return Map.entry(rule, new String[] {folder, report});
  }

  @TestFactory
  Stream<DynamicTest> everyRuleReportsExactlyWhatIsPlanted() {
    return BROKEN.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> reported(entry.getKey(), entry.getValue()[0], entry.getValue()[1])));
  }

  /** Camel is not on the path here: its rule is shown where whole nodes are tested. */
  @Test
  void noRuleGoesUnshown() {
    assertThat(Rules.of("chat.plenary").keySet())
        .containsAll(BROKEN.keySet())
        .hasSize(BROKEN.size() + 1)
        .contains("camel only where named");
  }

  private static void reported(String name, String folder, String report) {
    String root = PLANTED + "." + folder;
    JavaClasses planted = new ClassFileImporter().importPackages(root);
    assertThat(planted).isNotEmpty();
    for (Map.Entry<String, ArchRule> rule : Rules.of(root).entrySet()) {
      var details = rule.getValue().evaluate(planted).getFailureReport().getDetails();
      if (rule.getKey().equals(name)) {
        assertThat(details).singleElement().asString().contains(report);
      } else {
        assertThat(details).as(rule.getKey()).isEmpty();
      }
    }
  }
}
