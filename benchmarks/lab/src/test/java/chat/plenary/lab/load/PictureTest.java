package chat.plenary.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PictureTest {
  @Test
  void aCurveHasAPointForEachMeasurement() throws Exception {
    Picture picture = new Picture("costs");
    picture.add("one", new Picture.Point("p", "members", "ms", 10, 1));
    picture.add("one", new Picture.Point("p", "members", "ms", 100, 2.5));
    picture.add("other", new Picture.Point("p", "members", "ms", 100, 7));
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(picture.svg())));
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3);
    assertThat(svg.getDocumentElement().getTextContent()).contains("one", "other", "members", "ms");
  }

  @Test
  void anAxisEndsAtARoundNumber() {
    assertThat(Picture.ceiling(0.7)).isEqualTo(1);
    assertThat(Picture.ceiling(23)).isEqualTo(25);
    assertThat(Picture.ceiling(2_000)).isEqualTo(2_000);
    assertThat(Picture.ceiling(2_600)).isEqualTo(5_000);
  }
}
