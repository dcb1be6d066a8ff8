package chat.plenary.messaging.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules that hold for all packages below a root. */
public final class Rules {
  /** Where time comes from: the wiring of a node, and the store's defaults that it replaces. */
  private static final Set<String> CLOCKS =
      Set.of(
          "chat.plenary.node.Start",
          "chat.plenary.node.Simulate",
          "chat.plenary.node.BackupCommand",
          "chat.plenary.messaging.store.embedded.EmbeddedOptions");

  /** Named workers: what runs on threads of their own, and may wait there. */
  private static final Set<String> WORKERS =
      Set.of(
          "chat.plenary.messaging.account.Passwords",
          "chat.plenary.messaging.store.embedded.Writer",
          "chat.plenary.messaging.store.embedded.Deadlines",
          "chat.plenary.messaging.store.embedded.Database",
          "chat.plenary.messaging.store.embedded.EmbeddedStore",
          "chat.plenary.integrations.translation.Pipeline",
          "chat.plenary.node.Start",
          "chat.plenary.node.Parts",
          "chat.plenary.node.StopSignals",
          "chat.plenary.node.DevCluster",
          "chat.plenary.node.DevStore",
          "chat.plenary.node.Child",
          "chat.plenary.node.Simulate",
          "chat.plenary.node.backup.Copying",
          "chat.plenary.node.backup.Restore",
          "chat.plenary.node.ThrowAwayStore");

  private static final Set<String> WAITS =
      Set.of(
          "java.lang.Thread.sleep",
          "java.lang.Thread.join",
          "java.lang.Object.wait",
          "java.lang.Process.waitFor",
          "java.util.concurrent.CountDownLatch.await",
          "java.util.concurrent.CyclicBarrier.await",
          "java.util.concurrent.locks.Condition.await",
          "java.util.concurrent.Semaphore.acquire",
          "java.util.concurrent.Future.get",
          "java.util.concurrent.CompletableFuture.get",
          "java.util.concurrent.CompletableFuture.join",
          "java.util.concurrent.ExecutorService.awaitTermination",
          "java.util.concurrent.ExecutorService.invokeAll",
          "java.util.concurrent.BlockingQueue.take",
          "java.util.concurrent.BlockingQueue.put",
          "java.util.concurrent.ArrayBlockingQueue.take",
          "java.util.concurrent.ArrayBlockingQueue.put",
          "java.util.concurrent.LinkedBlockingQueue.take",
          "java.util.concurrent.LinkedBlockingQueue.put",
          "io.vertx.core.Future.await");

  private static final Set<String> SYSTEM_TIME =
      Set.of("java.lang.System.currentTimeMillis", "java.util.Date.<init>");

  private Rules() {}

  /**
   * Rules by name, for the packages below {@code root}, which is {@code chat.plenary} but for the
   * planted ones.
   */
  public static Map<String, ArchRule> of(String root) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("no cycles", slices().matching(root + ".(**)").should().beFreeOfCycles());
    library(rules, root, "mongodb", List.of("com.mongodb.."), List.of("messaging.store.mongo"));
    library(rules, root, "rocksdb", List.of("org.rocksdb.."), List.of("messaging.store.embedded"));
    library(
        rules,
        root,
        "hazelcast",
        List.of("com.hazelcast..", "io.vertx.spi.cluster.hazelcast.."),
        List.of("messaging.cluster"));
    library(rules, root, "jjwt", List.of("io.jsonwebtoken.."), List.of("messaging.account"));
    library(
        rules,
        root,
        "vertx-web",
        List.of("io.vertx.ext.web.."),
        List.of("messaging.http", "messaging.gateway"));
    library(rules, root, "camel", List.of("org.apache.camel.."), List.of("integrations"));
    library(rules, root, "in-memory server", List.of("de.bwaldvogel.."), List.of("node"));
    rules.put(
        "no mutable statics",
        fields().that().areStatic().should(beConstant()).allowEmptyShould(true));
    rules.put(
        "time comes from a clock",
        noClasses().that(areNot(CLOCKS)).should().callCodeUnitWhere(target(Rules::tellsTime)));
    rules.put(
        "nothing waits",
        noClasses().that(areNot(WORKERS)).should().callCodeUnitWhere(target(Rules::waits)));
    apart(rules, root, "messaging", List.of("bots", "integrations", "node", "simulator", "web"));
    apart(rules, root, "bots", List.of("integrations", "node", "simulator", "web"));
    apart(rules, root, "integrations", List.of("bots", "node", "simulator", "web"));
    apart(rules, root, "simulator", List.of("messaging", "bots", "integrations", "node", "web"));
    apart(
        rules,
        root,
        "messaging.log",
        List.of(
            "messaging.account",
            "messaging.organisation",
            "messaging.conversation",
            "messaging.message",
            "messaging.delivery",
            "messaging.sync",
            "messaging.protocol",
            "messaging.gateway"));
    apart(
        rules,
        root,
        "messaging.store",
        List.of("messaging.log", "messaging.account", "messaging.conversation"));
    return rules;
  }

  private static void library(
      Map<String, ArchRule> rules,
      String root,
      String name,
      List<String> library,
      List<String> places) {
    String[] allowed =
        places.stream().map(place -> root + "." + place + "..").toArray(String[]::new);
    rules.put(
        name + " only where named",
        noClasses()
            .that()
            .resideOutsideOfPackages(allowed)
            .should()
            .dependOnClassesThat(resideInAnyPackage(library.toArray(String[]::new)))
            .allowEmptyShould(true));
  }

  private static void apart(
      Map<String, ArchRule> rules, String root, String one, List<String> others) {
    String[] packages =
        others.stream().map(other -> root + "." + other + "..").toArray(String[]::new);
    rules.put(
        one + " knows none above it",
        noClasses()
            .that(resideInAPackage(root + "." + one + ".."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(packages))
            .allowEmptyShould(true));
  }

  private static ArchCondition<JavaField> beConstant() {
    return new ArchCondition<>("be constant") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        JavaClass type = field.getRawType();
        boolean generated = field.getModifiers().contains(JavaModifier.SYNTHETIC);
        boolean last = field.getModifiers().contains(JavaModifier.FINAL);
        boolean changes =
            type.getFullName().startsWith("java.util.concurrent.")
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(StringBuilder.class)
                || (!type.isInterface()
                    && !type.isEnum()
                    && (type.isAssignableTo(Map.class) || type.isAssignableTo(Collection.class)));
        if (!generated && (!last || changes)) {
          events.add(SimpleConditionEvent.violated(field, field.getFullName() + " can change"));
        }
      }
    };
  }

  private static boolean tellsTime(JavaCall<?> call) {
    String name = name(call);
    boolean bare = call.getTarget().getRawParameterTypes().isEmpty();
    return (SYSTEM_TIME.contains(name) && bare)
        || (name.matches("java\\.time\\.[A-Za-z]+\\.now") && bare)
        || name.startsWith("java.time.Clock.system")
        || name.startsWith("java.time.Clock.tick");
  }

  private static boolean waits(JavaCall<?> call) {
    return WAITS.contains(name(call));
  }

  private static String name(JavaCall<?> call) {
    CodeUnitCallTarget target = call.getTarget();
    return target.getOwner().getFullName() + "." + target.getName();
  }

  private static DescribedPredicate<JavaCall<?>> target(
      java.util.function.Predicate<JavaCall<?>> test) {
    return DescribedPredicate.describe("are of the kind", test);
  }

  /** Nested classes count as the one around them. */
  private static DescribedPredicate<JavaClass> areNot(Set<String> names) {
    return DescribedPredicate.describe(
        "are not among those that may",
        type -> {
          String full = type.getFullName();
          int nested = full.indexOf('$');
          return !names.contains(nested < 0 ? full : full.substring(0, nested));
        });
  }
}
