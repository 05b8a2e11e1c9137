package plescope.analysis.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** Style, scripts and frame of the page, and the chart library from its own package. */
final class PageResources {
    /** In the order in which they stand in the page; each uses only those before it. */
    private static final List<String> SCRIPTS = List.of(
            "words.js",
            "table.js",
            "chart.js",
            "time.js",
            "when.js",
            "lanes.js",
            "bursts.js",
            "lengths.js",
            "hotspots.js",
            "yields.js",
            "what-if.js",
            "quality.js",
            "page.js");

    private static final String D3 = "/META-INF/resources/webjars/d3/";
    private static final String D3_VERSION = "/META-INF/maven/org.webjars.npm/d3/pom.properties";

    private PageResources() {}

    static String frame() {
        return read("/plescope/analysis/html/page.html");
    }

    static String style() {
        return read("/plescope/analysis/html/page.css");
    }

    /** All scripts as one, unseen from outside. */
    static String script() {
        StringBuilder script = new StringBuilder("(() => {\n'use strict';\n");
        for (String name : SCRIPTS) {
            script.append(read("/plescope/analysis/html/" + name));
        }
        return script.append("})();\n").toString();
    }

    /** D3 with its licence. */
    static String charts() {
        String folder = D3 + version() + "/";
        return "/*!\nD3, https://d3js.org\n\n" + read(folder + "LICENSE").strip() + "\n*/\n"
                + read(folder + "dist/d3.min.js");
    }

    private static String version() {
        try (InputStream in = PageResources.class.getResourceAsStream(D3_VERSION)) {
            if (in == null) {
                throw new IllegalStateException("the d3 package is not on the class path");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String name) {
        try (InputStream in = PageResources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
