package plescope.analysis.export;

import java.nio.charset.StandardCharsets;

/** A value in the name of a partition's folder, escaped as Hive, Spark, pyarrow and DuckDB undo it: {@code %20} for a blank. */
final class PartitionName {
    private PartitionName() {}

    static String of(String value) {
        StringBuilder name = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0;
            if (plain) {
                name.append(c);
            } else {
                name.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return name.length() == 0 ? "__HIVE_DEFAULT_PARTITION__" : name.toString();
    }
}
