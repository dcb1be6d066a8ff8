package chat.plenary.node;

import chat.plenary.messaging.architecture.Rules;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules on all modules together; that each rule sees is shown where they are written. */
class WholeArchitectureTest {
  @TestFactory
  Stream<DynamicTest> allModulesTogetherKeepEveryRule() {
    JavaClasses all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The tests of messaging come in a jar.
            .withImportOption(location -> !location.contains("tests.jar"))
            .importPackages("chat.plenary");
    return Rules.of("chat.plenary").entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(all)));
  }
}
