package plescope.analysis.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a window, driven through its own debugging protocol. */
final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final WebSocket socket;
    private int calls;

    private Chromium(Process process, int port) throws Exception {
        this.process = process;
        HttpRequest open = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        String page = JSON.readTree(
                        http.send(open, HttpResponse.BodyHandlers.ofString()).body())
                .get("webSocketDebuggerUrl")
                .asText();
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page), new Messages())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Where the browser is, if this machine has one. */
    static Optional<Path> binary() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with an empty profile in {@code folder}. */
    static Chromium start(Path binary, Path folder) throws Exception {
        List<String> words = new ArrayList<>(List.of(binary.toString()));
        words.addAll(List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolveSibling("chromium.log").toFile())
                .start();
        Path port = folder.resolve("DevToolsActivePort");
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            if (Files.exists(port) && Files.readAllLines(port).size() == 2) {
                return new Chromium(
                        process, Integer.parseInt(Files.readAllLines(port).get(0)));
            }
            Thread.sleep(100);
        }
        process.destroyForcibly();
        throw new IOException("the browser opened no port within " + PATIENCE_SECONDS + " s");
    }

    JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        ObjectNode message = JSON.createObjectNode().put("id", ++calls).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(calls, answer);
        socket.sendText(JSON.writeValueAsString(message), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonNode told = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (told.has("error")) {
            throw new IOException(method + ": " + told.get("error"));
        }
        return told.get("result");
    }

    /** Opens a page at a width and waits until its pictures are drawn. */
    void open(Path page, int width) throws Exception {
        complaints.clear();
        width(width);
        call("Page.navigate", Map.of("url", page.toUri().toString()));
        for (int i = 0; i < PATIENCE_SECONDS * 20; i++) {
            if (evaluate("document.readyState === 'complete' && !!document.documentElement.dataset.drawn")
                    .asBoolean()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IOException("the page did not draw its pictures; complaints: " + complaints);
    }

    void width(int pixels) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Light or dark, as the user's system would ask for; screen or print. */
    void media(String kind, String scheme) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("media", kind, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Value of an expression; a promise is waited for. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.get("exceptionDetails"));
        }
        JsonNode value = result.get("result").get("value");
        return value == null ? JSON.nullNode() : value;
    }

    void press(String key, int code) throws Exception {
        Map<String, Object> down = Map.of(
                "type",
                key.length() == 1 ? "keyDown" : "rawKeyDown",
                "key",
                key,
                "windowsVirtualKeyCode",
                code,
                "text",
                key.length() == 1 ? key : "");
        call("Input.dispatchKeyEvent", down);
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
    }

    /** The whole page as PNG. */
    byte[] screenshot() throws Exception {
        JsonNode size = call("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
        Map<String, Object> clip =
                Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
        JsonNode shot =
                call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
        return Base64.getDecoder().decode(shot.get("data").asText());
    }

    byte[] pdf() throws Exception {
        return Base64.getDecoder()
                .decode(call("Page.printToPDF", Map.of("printBackground", true))
                        .get("data")
                        .asText());
    }

    /** What the page made the browser complain about since it was opened. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String message) {
            try {
                JsonNode told = JSON.readTree(message);
                if (told.has("id")) {
                    asked.remove(told.get("id").asInt()).complete(told);
                } else if (List.of("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
                        .contains(told.get("method").asText())) {
                    complaints.add(told.get("params").toString());
                }
            } catch (IOException e) {
                complaints.add(e.toString());
            }
        }
    }
}
