package plescope.analysis.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plescope.analysis.report.ReportTable;
import plescope.analysis.report.VisibleText;

/**
 * The sections as JSON that is safe inside an HTML element: pure ASCII, and no character of it is markup. Whatever a trace's names
 * hold, they cannot end the element they stand in.
 */
final class PageData {
    private PageData() {}

    static void write(String title, List<Section> sections, Writer out) throws IOException {
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setCharacterEscapes(new MarkupEscapes());
            json.writeStartObject();
            json.writeStringField("title", VisibleText.of(title));
            json.writeArrayFieldStart("sections");
            for (Section section : sections) {
                section(section, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void section(Section section, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", section.id());
        json.writeStringField("name", section.name());
        json.writeStringField("finding", VisibleText.of(section.finding()));
        json.writeStringField("reading", section.reading());
        json.writeArrayFieldStart("tables");
        for (PageTable table : section.tables()) {
            table(table, json);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private static void table(PageTable table, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", table.id());
        json.writeStringField("caption", table.caption());
        json.writeStringField("sql", table.sql());
        json.writeNumberField("more", table.table().more());
        json.writeObjectFieldStart("arguments");
        for (var argument : new TreeMap<>(table.arguments()).entrySet()) {
            json.writeNumberField(argument.getKey(), argument.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("columns");
        for (ReportTable.Column column : table.table().columns()) {
            json.writeString(column.name());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("meanings");
        for (String meaning : table.meanings()) {
            json.writeString(meaning);
        }
        json.writeEndArray();
        rows(table.table(), json);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Texts stand once, in {@code texts}; columns of {@code coded} hold their places there. Names of VMs repeat thousands of times. */
    private static void rows(ReportTable table, JsonGenerator json) throws IOException {
        Map<String, Integer> texts = new LinkedHashMap<>();
        boolean[] coded = new boolean[table.columns().size()];
        json.writeArrayFieldStart("coded");
        for (int i = 0; i < coded.length; i++) {
            int column = i;
            coded[i] =
                    table.rows().stream().map(row -> row.get(column)).allMatch(v -> v == null || v instanceof String);
            if (coded[i]) {
                json.writeNumber(i);
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rows");
        for (List<Object> row : table.rows()) {
            json.writeStartArray();
            for (int i = 0; i < coded.length; i++) {
                if (coded[i] && row.get(i) instanceof String text) {
                    json.writeNumber(texts.computeIfAbsent(text, t -> texts.size()));
                } else {
                    value(row.get(i), json);
                }
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("texts");
        for (String text : texts.keySet()) {
            json.writeString(VisibleText.of(text));
        }
        json.writeEndArray();
    }

    private static void value(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof String text) {
            json.writeString(VisibleText.of(text));
        } else {
            json.writeNull();
        }
    }

    /** Besides what JSON asks for, the characters that begin or end markup. */
    private static final class MarkupEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            for (char c : new char[] {'<', '>', '&', '\'', 0x7f}) {
                codes[c] = ESCAPE_STANDARD;
            }
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int c) {
            return null;
        }
    }
}
