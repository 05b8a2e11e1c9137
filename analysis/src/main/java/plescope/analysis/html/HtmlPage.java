package plescope.analysis.html;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import plescope.analysis.report.ReportName;
import plescope.analysis.report.VisibleText;
import plescope.analysis.store.TraceDatabase;

/**
 * One schedule as a page: eight findings, each with a picture, its numbers and the SQL behind them, in one file of bounded size. The
 * browser may run and fetch nothing but what stands in it, and equal databases give equal bytes.
 */
public final class HtmlPage {
    private HtmlPage() {}

    /**
     * Writes the page.
     *
     * @param run the schedule, 0 for the recorded one
     */
    public static void write(TraceDatabase database, int run, Writer out) throws IOException {
        PageQueries queries = new PageQueries(database, run);
        List<Section> sections = List.of(
                TimeSection.of(queries),
                OccurrenceSection.of(queries),
                BurstSection.of(queries),
                LengthSection.of(queries),
                HotspotSection.of(queries),
                YieldSection.of(queries),
                WhatIfSection.of(queries),
                QualitySection.of(queries));
        String style = PageResources.style();
        String charts = PageResources.charts();
        String script = PageResources.script();
        String title = title(queries);
        for (String part : PageResources.frame().split("(?=@[A-Z]+@)|(?<=@[A-Z]{1,9}@)", -1)) {
            switch (part) {
                case "@POLICY@" -> out.write(policy(style, charts, script));
                case "@TITLE@" -> out.write(escaped(title));
                case "@STYLE@" -> out.write(style);
                case "@LIBRARY@" -> out.write(charts);
                case "@SCRIPT@" -> out.write(script);
                case "@DATA@" -> PageData.write(title, sections, out);
                default -> out.write(part);
            }
        }
    }

    /** Schedules that can be shown, the recorded one first where there is one. */
    public static List<Integer> runs(TraceDatabase database) {
        return new PageQueries(database, 0)
                .ask("schedule").rows().stream()
                        .map(row -> Math.toIntExact(row.count("run")))
                        .toList();
    }

    private static String title(PageQueries queries) {
        String source = queries.report(ReportName.SUMMARY, 1).rows().stream()
                .filter(row -> row.text("fact").equals("source"))
                .map(row -> row.text("value"))
                .findFirst()
                .orElse("replays");
        String setting = queries.ask("schedule").rows().stream()
                .filter(row -> row.count("run") == queries.run())
                .map(row -> row.text("setting"))
                .findFirst()
                .orElse("");
        String file = source.substring(source.lastIndexOf('/') + 1);
        return queries.run() == 0 ? file : file + ", replayed under " + setting;
    }

    private static String policy(String style, String charts, String script) {
        return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '" + hash(style) + "'; script-src '"
                + hash(charts) + "' '" + hash(script) + "'";
    }

    /** As Content Security Policy names an inline element it allows. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        VisibleText.of(text).codePoints().forEach(c -> {
            if (c > 126 || "<>&\"'".indexOf(c) >= 0) {
                out.append("&#").append(c).append(';');
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
