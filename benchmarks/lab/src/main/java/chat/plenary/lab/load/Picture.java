package chat.plenary.lab.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A curve of each server over the same quantity, as a small SVG. Both axes begin at zero. */
final class Picture {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final int MARKS = 5;
  private static final List<String> COLOURS =
      List.of("#1565c0", "#c2571a", "#2e7d32", "#7b1fa2", "#5f6b7a");

  /**
   * A point of a curve.
   *
   * @param picture the picture's name, which its file has
   * @param over what is on the axis to the right
   * @param what what is on the axis upwards
   */
  record Point(String picture, String over, String what, double x, double y) {}

  private final String title;
  private final Map<String, List<Point>> curves = new LinkedHashMap<>();

  Picture(String title) {
    this.title = title;
  }

  void add(String server, Point point) {
    curves.computeIfAbsent(server, s -> new ArrayList<>()).add(point);
  }

  String svg() {
    List<Point> all = curves.values().stream().flatMap(List::stream).toList();
    double right = ceiling(all.stream().mapToDouble(Point::x).max().orElse(1));
    double top = ceiling(all.stream().mapToDouble(Point::y).max().orElse(1));
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui,sans-serif\" font-size=\"12\">%n"
            .formatted(WIDTH, HEIGHT));
    svg.append(
        "<title>%s</title><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n"
            .formatted(title, WIDTH, HEIGHT));
    text(svg, LEFT, 20, "start", title);
    for (int i = 0; i <= MARKS; i++) {
      double x = x(right * i / MARKS, right);
      double y = y(top * i / MARKS, top);
      svg.append(
          String.format(
              Locale.ROOT,
              "<path d=\"M%d %.1fH%d\" stroke=\"#d6dbe2\"/>%n",
              LEFT,
              y,
              WIDTH - RIGHT));
      text(svg, LEFT - 6, y + 4, "end", number(top * i / MARKS));
      text(svg, x, HEIGHT - BOTTOM + 16, "middle", number(right * i / MARKS));
    }
    Point any = all.get(0);
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", any.over());
    svg.append(
        "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\" fill=\"#1c2430\">%s</text>%n"
            .formatted((TOP + HEIGHT - BOTTOM) / 2, any.what()));
    int number = 0;
    for (Map.Entry<String, List<Point>> curve : curves.entrySet()) {
      curve(svg, curve.getValue(), COLOURS.get(number % COLOURS.size()), right, top);
      text(svg, LEFT + 12 + 150 * number, TOP - 4, "start", "●  " + curve.getKey());
      svg.insert(
          svg.lastIndexOf("<text") + 5,
          " style=\"fill:" + COLOURS.get(number % COLOURS.size()) + "\"");
      number++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void curve(
      StringBuilder svg, List<Point> points, String colour, double right, double top) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      String at = String.format(Locale.ROOT, "%.1f %.1f", x(point.x(), right), y(point.y(), top));
      path.append(path.isEmpty() ? "M" : "L").append(at);
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n",
              x(point.x(), right),
              y(point.y(), top),
              colour));
    }
    svg.append(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n"
            .formatted(path, colour));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#1c2430\">%s</text>%n",
            x,
            y,
            anchor,
            text));
  }

  private static double x(double value, double right) {
    return LEFT + value / right * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double value, double top) {
    return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM - 10);
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value >= 10 || value == Math.rint(value) ? "%,.0f" : "%.2f", value);
  }

  /** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
  static double ceiling(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
    for (double step : new double[] {1, 2, 2.5, 5}) {
      if (value <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
