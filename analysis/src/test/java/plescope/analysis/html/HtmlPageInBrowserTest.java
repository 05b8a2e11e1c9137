package plescope.analysis.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as its reader meets it, in a real browser; screenshots stay in {@code target/html}. */
final class HtmlPageInBrowserTest {
    private static final List<String> SECTIONS =
            List.of("time", "when", "bursts", "lengths", "hotspots", "yields", "what-if", "quality");

    /** Colours of the light style: spinning, preempted. */
    private static final int SPINNING = 0xe0592a;

    private static final int PREEMPTED = 0xbccadb;
    private static final int TAB = 9;

    @TempDir
    private static Path folder;

    private static Chromium browser;
    private static Path page;

    @BeforeAll
    static void openBrowserAndWritePage() throws Exception {
        assumeTrue(Chromium.binary().isPresent(), "no Chromium on this machine: the page is not tried in a browser");
        page = SamplePages.convoy(folder);
        browser = Chromium.start(Chromium.binary().orElseThrow(), Files.createDirectory(folder.resolve("profile")));
    }

    @AfterAll
    static void closeBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void lightScreen() throws Exception {
        browser.media("screen", "light");
    }

    @Test
    void everyPictureIsDrawnAndNothingIsComplainedAbout() throws Exception {
        browser.open(page, 1440);
        for (String section : SECTIONS) {
            assertThat(count("#" + section + " figure svg rect")).as(section).isGreaterThan(4);
            assertThat(text("#" + section + " h2")).as(section).matches("(?s).*[0-9].*");
        }
        assertThat(count("#bursts .exit")).as("PLE exits of the worst burst").isGreaterThan(2);
        assertThat(count("#what-if figure circle")).as("settings of both VMs").isGreaterThanOrEqualTo(18);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void pixelsShowTheColoursOfTheStates() throws Exception {
        browser.open(page, 1440);
        BufferedImage shot = keep("light-1440");
        assertThat(pixels(shot, SPINNING)).isGreaterThan(5_000);
        assertThat(pixels(shot, PREEMPTED)).isGreaterThan(20_000);
        assertThat(brightness(shot.getRGB(3, 3))).isGreaterThan(230);
    }

    @Test
    void darkColoursFollowTheSystemAndTheButtonTurnsThem() throws Exception {
        browser.media("screen", "dark");
        browser.open(page, 1440);
        BufferedImage shot = keep("dark-1440");
        assertThat(brightness(shot.getRGB(3, 3))).isLessThan(40);
        assertThat(pixels(shot, SPINNING)).as("the light style's orange").isLessThan(2_000);
        assertThat(text("#theme")).isEqualTo("Light colours");
        browser.evaluate("document.getElementById('theme').click()");
        assertThat(brightness(keep("turned-light").getRGB(3, 3))).isGreaterThan(230);
        assertThat(text("#theme")).isEqualTo("Dark colours");
    }

    @Test
    void narrowAndWideScreensNeedNoSidewaysScrolling() throws Exception {
        for (int width : new int[] {375, 768, 1440}) {
            browser.open(page, width);
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .as("width of the page at %d", width)
                    .isLessThanOrEqualTo(width);
            assertThat(browser.evaluate(
                                    "Math.max(...Array.from(document.querySelectorAll('figure svg, h2, .detail, nav'),"
                                            + " e => e.getBoundingClientRect().right))")
                            .asDouble())
                    .as("right edge at %d", width)
                    .isLessThanOrEqualTo(width);
            keep("width-" + width);
        }
        browser.width(375);
        Thread.sleep(300);
        assertThat(browser.evaluate("document.querySelector('#time svg').getBoundingClientRect().width")
                        .asInt())
                .as("drawn again when the window shrinks")
                .isLessThan(375);
    }

    @Test
    void theKeyboardReachesEverythingAndMovesTheTimeline() throws Exception {
        browser.open(page, 1440);
        browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        List<String> reached = new ArrayList<>();
        int all = browser.evaluate(
                        "document.querySelectorAll('a[href], button, select, summary, [tabindex=\"0\"]').length")
                .asInt();
        for (int i = 0; i < all; i++) {
            browser.press("Tab", TAB);
            reached.add(browser.evaluate(
                            "(e => e.className.baseVal ?? (e.className || e.id || e.getAttribute('href') || e.tagName))"
                                    + "(document.activeElement)")
                    .asText());
        }
        assertThat(reached.get(0)).isEqualTo("skip");
        assertThat(reached.get(1)).isEqualTo("theme");
        assertThat(reached.subList(2, 10))
                .containsExactlyElementsOf(SECTIONS.stream().map(s -> "#" + s).toList());
        assertThat(reached).contains("lanes", "measure", "SUMMARY", "scroll").doesNotContain("BODY");
        browser.evaluate("document.querySelector('.lanes').focus()");
        String all0 = text("#bursts .axis");
        browser.press("+", 187);
        assertThat(text("#bursts .axis")).as("ticks after zooming").isNotEqualTo(all0);
        browser.press("0", 48);
        assertThat(text("#bursts .axis")).isEqualTo(all0);
        String story = text(".detail");
        browser.press("n", 78);
        assertThat(text(".detail")).as("the next exit").isNotEqualTo(story).contains("of the log");
    }

    @Test
    void tablesAndQueriesStandBehindEveryPicture() throws Exception {
        browser.open(page, 1440);
        browser.evaluate("document.querySelectorAll('section > details').forEach(d => { d.open = true; })");
        Thread.sleep(200);
        browser.evaluate("document.querySelectorAll('.numbers details').forEach(d => { d.open = true; })");
        Thread.sleep(500);
        for (String section : SECTIONS) {
            assertThat(count("#" + section + " .numbers table tbody tr"))
                    .as(section)
                    .isPositive();
            assertThat(text("#" + section + " .numbers pre")).as(section).contains("SELECT");
        }
        assertThat(text("#hotspots .numbers table thead")).contains("first_line");
        keep("all-open");
    }

    @Test
    void printedItIsLightAndWithoutControls() throws Exception {
        browser.media("print", "dark");
        browser.open(page, 800);
        assertThat(browser.evaluate("getComputedStyle(document.getElementById('theme')).display")
                        .asText())
                .isEqualTo("none");
        assertThat(brightness(keep("print").getRGB(3, 3))).isGreaterThan(230);
        assertThat(browser.pdf()).hasSizeGreaterThan(20_000);
    }

    @Test
    void namesOfTheTraceStayText() throws Exception {
        browser.open(SamplePages.hostile(folder), 1024);
        browser.evaluate("document.querySelectorAll('section > details').forEach(d => { d.open = true; })");
        Thread.sleep(200);
        browser.evaluate("document.querySelectorAll('.numbers details').forEach(d => { d.open = true; })");
        Thread.sleep(300);
        assertThat(browser.evaluate("globalThis.planted === undefined").asBoolean())
                .isTrue();
        assertThat(count("script")).as("the three of the page").isEqualTo(3);
        assertThat(count("img, iframe, object, b.planted")).isZero();
        assertThat(text("main"))
                .contains("<img/src=x/onerror=planted=1>", "</script><script>planted=2</script>", "\"'&lt;");
        assertThat(text("body")).doesNotContain("\u202e").doesNotContain("\u001b");
        assertThat(browser.complaints()).isEmpty();
        keep("hostile");
    }

    @Test
    void thePolicyForbidsEverythingElse() throws Exception {
        browser.open(page, 1024);
        browser.evaluate(
                "document.body.append(Object.assign(document.createElement('script'), {textContent: 'planted = 1'}))");
        assertThat(browser.evaluate("globalThis.planted === undefined").asBoolean())
                .isTrue();
        assertThat(browser.evaluate("fetch('https://example.org/').then(() => 'fetched', () => 'refused')")
                        .asText())
                .isEqualTo("refused");
        assertThat(browser.complaints())
                .as("scripts put in later")
                .anySatisfy(told -> assertThat(told).contains("script-src"))
                .as("connections")
                .anySatisfy(told -> assertThat(told).contains("connect-src"));
    }

    private static int count(String selector) throws Exception {
        return browser.evaluate("document.querySelectorAll('" + selector + "').length")
                .asInt();
    }

    private static String text(String selector) throws Exception {
        JsonNode text = browser.evaluate("document.querySelector('" + selector + "')?.textContent");
        return text.asText();
    }

    private static BufferedImage keep(String name) throws Exception {
        byte[] png = browser.screenshot();
        Path kept = Files.createDirectories(Path.of("target", "html")).resolve(name + ".png");
        Files.write(kept, png);
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static int pixels(BufferedImage image, int colour) {
        int found = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                found += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
            }
        }
        return found;
    }

    private static int brightness(int rgb) {
        return ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) / 3;
    }
}
