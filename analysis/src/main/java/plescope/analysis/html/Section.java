package plescope.analysis.html;

import java.util.List;

/**
 * A part of the page: one finding, one picture, and the queries behind it.
 *
 * @param id anchor, and the name under which the scripts know its picture
 * @param name what it is about, for the list of contents
 * @param finding what it shows, one sentence with numbers
 * @param reading how to read the picture, and by which rule it leaves things out
 */
record Section(String id, String name, String finding, String reading, List<PageTable> tables) {
    Section {
        tables = List.copyOf(tables);
    }
}
