package chat.plenary.node.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was given in one place.
 *
 * @param where the place, for people
 * @param values texts by the names that the place uses (keys, variables, options)
 */
record Given(String where, Map<String, String> values) {
  /**
   * Reads a file of YAML, of which JSON is a part.
   *
   * @throws ConfigurationException when it is none, or cannot be read
   */
  static Given file(Path file) {
    ObjectMapper yaml =
        new ObjectMapper(
            YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    try {
      JsonNode tree = yaml.readTree(Files.readString(file));
      Map<String, String> values = new LinkedHashMap<>();
      if (tree != null && !tree.isMissingNode() && !tree.isNull()) {
        if (!tree.isObject()) {
          throw problem(file, "must hold settings as 'key: value'");
        }
        flatten(file, "", tree, values);
      }
      return new Given(file.toString(), values);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      throw problem(file, line + e.getOriginalMessage());
    } catch (IOException e) {
      throw problem(file, "cannot be read (" + e.getMessage() + ")");
    }
  }

  private static void flatten(Path file, String prefix, JsonNode node, Map<String, String> into) {
    node.properties()
        .forEach(
            property -> {
              String key = prefix + property.getKey();
              JsonNode value = property.getValue();
              if (value.isObject()) {
                flatten(file, key + ".", value, into);
              } else if (value.isArray()) {
                List<String> parts = new ArrayList<>();
                for (JsonNode part : value) {
                  if (!part.isValueNode() || part.asText().contains(",")) {
                    throw problem(file, key + ": must be a list of single values");
                  }
                  parts.add(part.asText());
                }
                into.put(key, String.join(",", parts));
              } else if (!value.isNull()) {
                into.put(key, value.asText());
              }
            });
  }

  private static ConfigurationException problem(Path file, String what) {
    return new ConfigurationException(List.of(file + ": " + what));
  }
}
