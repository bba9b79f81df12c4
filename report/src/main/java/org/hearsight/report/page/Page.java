package org.hearsight.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hearsight.report.chart.Chart;
import org.hearsight.report.chart.Markup;

/**
 * The frame of every page: one self-contained HTML file whose style, drawings, pictures and sounds
 * are inside, without a script, and whose content policy forbids the browser to fetch anything. The
 * same content gives the same bytes.
 */
final class Page {
  private final String title;
  private final String lead;
  private final Markup top = new Markup();
  private final List<Section> sections = new ArrayList<>();

  private record Section(String id, String title, Markup content) {}

  /**
   * @param lead one paragraph: what this is
   */
  Page(String title, String lead) {
    this.title = title;
    this.lead = lead;
  }

  /** What stands above all sections. */
  Page head(Consumer<Markup> content) {
    content.accept(top);
    return this;
  }

  /**
   * Adds a section.
   *
   * @param id of its place in the page, for links
   */
  Page section(String id, String heading, Consumer<Markup> content) {
    Markup out = new Markup();
    content.accept(out);
    sections.add(new Section(id, heading, out));
    return this;
  }

  /** The page's text. */
  String html() {
    Markup out = new Markup();
    out.open("html", "lang", "en").open("head");
    out.empty("meta", "charset", "utf-8");
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.empty("meta", "name", "color-scheme", "content", "light dark");
    out.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'");
    out.leaf("title", title).style(Chart.css() + css()).close();
    out.open("body").open("main");
    out.open("header", "class", "top").leaf("h1", title).leaf("p", lead, "class", "lead").close();
    contents(out);
    out.add(top);
    for (Section s : sections) {
      out.open("section", "id", s.id()).leaf("h2", s.title()).add(s.content()).close();
    }
    return "<!DOCTYPE html>\n" + out.close().close().close() + "\n";
  }

  private void contents(Markup out) {
    out.open("nav", "aria-label", "Sections").open("ul");
    for (Section s : sections) {
      out.open("li").leaf("a", s.title(), "href", "#" + s.id()).close();
    }
    out.close().close();
  }

  /** A box that scrolls sideways where the window is narrow, with the keyboard, too. */
  static void scrolling(Markup out, String label, Consumer<Markup> content) {
    out.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", label);
    content.accept(out);
    out.close();
  }

  /** Labelled values, as in {@code seed: 7}. */
  static void facts(Markup out, List<ReportData.Fact> facts) {
    out.open("dl", "class", "run");
    for (ReportData.Fact f : facts) {
      out.open("div").leaf("dt", f.label()).leaf("dd", f.value()).close();
    }
    out.close();
  }

  /** What a reader should beware of, one sentence each; nothing where there is none. */
  static void notes(Markup out, List<String> notes) {
    if (!notes.isEmpty()) {
      out.leaf("h3", "To bear in mind").open("ul", "class", "notes");
      notes.forEach(n -> out.leaf("li", n));
      out.close();
    }
  }

  /** A figure in a row of them. */
  static void tile(Markup out, String label, String value, String beside) {
    out.open("div").leaf("dt", label).leaf("dd", value);
    if (beside != null) {
      out.leaf("dd", beside, "class", "beside");
    }
    out.close();
  }

  private static String css() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the jar lacks report.css", e);
    }
  }
}
