package chat.plenary.integrations.meeting.bigbluebutton;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** XML of a server that is not trusted: no document types, so no entities, and nothing fetched. */
final class Xml {
  private Xml() {}

  /** The outermost element, or null for what is no XML or has a document type. */
  static @Nullable Element read(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Document document = builder.parse(new InputSource(new StringReader(text)));
      return document.getDocumentElement();
    } catch (SAXException | java.io.IOException e) {
      return null;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this parser cannot be made safe", e);
    }
  }

  /** The children of this name. */
  static List<Element> children(@Nullable Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node each = parent == null ? null : parent.getFirstChild();
        each != null;
        each = each.getNextSibling()) {
      if (each instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  /** The first child of this name, or null. */
  static @Nullable Element child(@Nullable Element parent, String name) {
    List<Element> all = children(parent, name);
    return all.isEmpty() ? null : all.get(0);
  }

  /** The text of the first child of this name; empty where there is none. */
  static String text(@Nullable Element parent, String name) {
    Element child = child(parent, name);
    return child == null ? "" : child.getTextContent().strip();
  }
}
